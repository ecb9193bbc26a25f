namespace Provisioning.Core.Reconciling;

/// <summary>How far a reconciliation is, or how it ended. The numbers are stored.</summary>
public enum ReconciliationState
{
    Queued = 0,
    Running = 1,
    Complete = 2,

    /// <summary>So much is missing that the listing is not believed: nothing was done about it.</summary>
    Suspicious = 3,

    /// <summary>The listing did not come to its end: what was not seen means nothing, and nothing was done.</summary>
    Incomplete = 4,
    Cancelled = 5,
}
