namespace Provisioning.Core.Ledger;

// What people do: by hand, or by changing the configuration.
public static partial class AssignmentLife
{
    /// <summary>Parked by hand. The kind of the last failure is not why.</summary>
    public static Assignment Park(Assignment assignment, string reason, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        return assignment.Status == AssignmentStatus.Detached
            ? assignment
            : assignment with
            {
                Status = AssignmentStatus.Parked,
                Parked = ParkedBecause.ByHand,
                DiscardReason = null,
                LastFailure = null,
                LastError = reason,
                Modified = now,
            };
    }

    /// <summary>Due now with a clean slate. The last failure stays readable until the attempt.</summary>
    public static Assignment Retry(Assignment assignment, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        return assignment.Status is AssignmentStatus.Pending or AssignmentStatus.Parked
            ? assignment with { Status = AssignmentStatus.Pending, Parked = null, DueAt = now, Attempts = 0, FirstFailedAt = null, Modified = now }
            : assignment;
    }

    /// <summary>Given up. Why it was parked stays known.</summary>
    public static Assignment Discard(Assignment assignment, string reason, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        return assignment.Status == AssignmentStatus.Parked
            ? assignment with { Status = AssignmentStatus.Discarded, DiscardReason = reason, Modified = now }
            : assignment;
    }

    /// <summary>Its identity provider left the configuration.</summary>
    public static Assignment Detach(Assignment assignment, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        return assignment.Status == AssignmentStatus.Detached
            ? assignment
            : assignment with { Status = AssignmentStatus.Detached, DetachedFrom = assignment.Status, Modified = now };
    }

    /// <summary>Its identity provider came back: it is again what it was, and work that became due meanwhile is due now.</summary>
    public static Assignment Attach(Assignment assignment, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        if (assignment.Status != AssignmentStatus.Detached)
            return assignment;
        var status = Attached(assignment);
        var due = status == AssignmentStatus.Pending && assignment.DueAt < now ? now : assignment.DueAt;
        return assignment with { Status = status, DetachedFrom = null, DueAt = due, Modified = now };
    }
}
