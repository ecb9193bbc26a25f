namespace Provisioning.Host.Replanning;

internal enum HeldPlanState
{
    /// <summary>Waits for somebody; nothing is taken away meanwhile.</summary>
    Held,

    /// <summary>To be carried out.</summary>
    Approved,

    /// <summary>The accounts stay, until a change would take away others.</summary>
    Rejected,
}
