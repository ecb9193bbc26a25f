using Provisioning.Core.Ledger;

namespace Provisioning.Storage;

/// <summary>Stores plans: reads each assignment, asks <see cref="AssignmentLife"/>, and writes what it says.</summary>
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
        var stored = AssignmentRows.FindForUpdate(session, plan.IdentityProvider, plan.ResourceType, plan.ResourceId);
        var sent = stored is null ? null : UnheardCalls.Sent(session, stored);
        var next = AssignmentLife.Plan(stored, plan, sent, NewId(now), now);
        if (ReferenceEquals(next, stored))
            return next;
        if (stored is null)
            AssignmentRows.Insert(session, next);
        else
            AssignmentRows.Update(session, next);
        if (stored is not null && next.Lease != stored.Lease)
            UnheardCreates.NoteTakenOver(session, stored, now);
        References.Write(session, next, stored);
        return next;
    }

    /// <summary>The id of a new assignment: ids grow with time.</summary>
    public static string NewId(DateTimeOffset now) => Guid.CreateVersion7(now).ToString("N");
}
