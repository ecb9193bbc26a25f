namespace Provisioning.Core.Reconciling;

/// <summary>How far a reconciliation is, or how it ended.</summary>
public enum ReconciliationState
{
    Queued,
    Running,
    Complete,

    /// <summary>So much is missing that the listing is not believed: nothing was done about it.</summary>
    Suspicious,

    /// <summary>The listing did not come to its end: what was not seen means nothing, and nothing was done.</summary>
    Incomplete,
    Cancelled,
}
