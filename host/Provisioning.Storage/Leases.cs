using Provisioning.Core.Ledger;

namespace Provisioning.Storage;

internal static class Leases
{
    /// <summary>Even an expired lease means that its holder may have reached the target.</summary>
    public static bool MayBeInCall(Assignment assignment) => assignment.LeaseOwner is not null;

    /// <summary>The assignment under the lease, or as it was if it is not pending or somebody else holds it.</summary>
    public static Assignment Claim(Assignment assignment, Lease lease, DateTimeOffset now)
    {
        if (assignment.Status != AssignmentStatus.Pending)
            return assignment;
        var held = assignment.LeaseOwner is not null && assignment.LeaseOwner != lease.Owner;
        if (held && assignment.LeaseUntil > now)
            return assignment;
        return assignment with
        {
            LeaseOwner = lease.Owner,
            LeaseUntil = lease.Until,
            Uncertain = assignment.Uncertain || (assignment.LeaseOwner is not null && assignment.LeaseUntil <= now),
        };
    }
}
