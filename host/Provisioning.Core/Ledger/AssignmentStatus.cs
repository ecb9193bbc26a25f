namespace Provisioning.Core.Ledger;

public enum AssignmentStatus
{
    /// <summary>Desired and applied differ; a drain will converge it when it is due.</summary>
    Pending,

    /// <summary>Desired and applied are the same.</summary>
    Done,

    /// <summary>Will not be retried until somebody acts.</summary>
    Parked,

    /// <summary>Its identity provider left the configuration. Nothing is changed at the target.</summary>
    Detached,

    /// <summary>Was parked, and somebody decided to leave it so: it is tried again only when something else is desired.</summary>
    Discarded,
}
