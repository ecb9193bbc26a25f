namespace Provisioning.Core.Ledger;

/// <summary>What happens next with an assignment. The numbers are stored.</summary>
public enum AssignmentStatus
{
    /// <summary>Desired and applied differ; a drain will converge it when it is due.</summary>
    Pending = 0,

    /// <summary>Desired and applied are the same.</summary>
    Done = 1,

    /// <summary>Will not be retried until somebody acts.</summary>
    Parked = 2,

    /// <summary>Its identity provider left the configuration. Nothing is changed at the target.</summary>
    Detached = 3,

    /// <summary>Was parked, and somebody decided to leave it so: it is tried again only when something else is desired.</summary>
    Discarded = 4,
}
