namespace Provisioning.Core.Reconciling;

/// <summary>Whether something is done about a finding.</summary>
public enum FindingStep
{
    /// <summary>Nothing can be done, or may be.</summary>
    None,

    /// <summary>A repair or an adoption would do something.</summary>
    Possible,

    /// <summary>It was done.</summary>
    Taken,
}
