using Provisioning.Connectors;
using Provisioning.Core.Ledger;

namespace Provisioning.Storage;

/// <summary>The upsert of plans: what is desired meets what is known.</summary>
internal static class PlanWriter
{
    public static IReadOnlyList<Assignment> Write(SqlSession session, IReadOnlyList<AssignmentPlan> plans, DateTimeOffset now)
    {
        var result = new List<Assignment>(plans.Count);
        foreach (var plan in plans)
            result.Add(Write(session, plan, now));
        return result;
    }

    private static Assignment Write(SqlSession session, AssignmentPlan plan, DateTimeOffset now)
    {
        var stored = AssignmentRows.Take(session, plan.IdentityProvider, plan.ResourceType, plan.ResourceId);
        if (stored?.Status == AssignmentStatus.Detached)
            stored = Detachment.Attach(session, stored, now);
        if (stored is not null && plan.ChangesNothingOf(stored))
            return stored;
        var known = stored ?? new Assignment
        {
            Id = Guid.CreateVersion7(now).ToString("N"),
            IdentityProvider = plan.IdentityProvider,
            ResourceType = plan.ResourceType,
            ResourceId = plan.ResourceId,
            ResourceName = plan.ResourceName,
            Desired = plan.Desired,
            Status = AssignmentStatus.Pending,
        };
        var next = known with
        {
            ResourceName = plan.ResourceName,
            ServiceProvider = plan.ServiceProvider,
            Decision = plan.Decision,
            Modified = now,
        };
        if (stored is null || !plan.IsDesiredOf(stored))
            next = Change(UnheardCalls.Keep(session, next), plan, isNew: stored is null);
        else if (plan.ClaimFor is not null)
            next = UnheardCalls.KeepExpired(session, next, now);
        if (plan.ClaimFor is { } lease)
            next = Leases.Claim(next, lease, now);
        if (stored is null)
            AssignmentRows.Insert(session, next);
        else
            AssignmentRows.Update(session, next);
        References.Write(session, next, stored);
        return next;
    }

    private static Assignment Change(Assignment known, AssignmentPlan plan, bool isNew)
    {
        var next = known with
        {
            Desired = plan.Desired,
            DesiredAttributes = plan.DesiredAttributes,
            DesiredRevision = known.DesiredRevision + 1,
            Status = AssignmentStatus.Pending,
            Attempts = 0,
            DueAt = plan.DueAt,
            FirstFailedAt = null,
            LastFailure = null,
            LastError = null,
        };
        if (plan.ParkReason is not null)
            return next with { Status = AssignmentStatus.Parked, LastFailure = FailureKind.Rejected, LastError = plan.ParkReason };
        return NothingToDo(next, isNew) ? next with { Status = AssignmentStatus.Done } : next;
    }

    /// <summary>Where no account can be, none has to be taken away: the target is not asked.</summary>
    private static bool NothingToDo(Assignment next, bool isNew) => next.Desired switch
    {
        DesiredState.Absent => next.Applied is AppliedState.None or AppliedState.Absent
            && next.AccountId is null
            && !next.Uncertain
            && !Leases.MayBeInCall(next),
        DesiredState.Disabled => isNew,
        _ => false,
    };
}
