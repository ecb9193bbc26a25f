namespace Provisioning.Host.Replanning;

/// <summary>The last step that a host took in planning everybody. The names are stored.</summary>
internal enum PlannedPhase
{
    /// <summary>Everybody is planned with the revision, and all hosts had it meanwhile.</summary>
    Done,

    /// <summary>Somebody asked that everybody be planned from the start.</summary>
    Asked,

    /// <summary>A host plans everybody.</summary>
    Begun,

    /// <summary>Everybody is planned with the revision, but some hosts decided with another one.</summary>
    Mixed,
}
