using Provisioning.Core.Ledger;

namespace Provisioning.Storage;

/// <summary>Stores plans: reads each assignment, asks <see cref="AssignmentLife"/>, and writes what it says.</summary>
internal static class PlanWriter
{
    /// <summary>Of a user who was stored a moment ago in the same transaction: there is nothing to be read.</summary>
    public static IReadOnlyList<Assignment> WriteNew(SqlSession session, IReadOnlyList<AssignmentPlan> plans, DateTimeOffset now) =>
        [.. plans.Select(plan => Write(session, plan, null, now))];

    public static IReadOnlyList<Assignment> Write(SqlSession session, IReadOnlyList<AssignmentPlan> plans, DateTimeOffset now)
    {
        var result = new List<Assignment>(plans.Count);
        var found = plans.Select(x => (x, AssignmentRows.FindForUpdate(session, x.IdentityProvider, x.ResourceType, x.ResourceId))).ToList();
        foreach (var (plan, stored) in Withdrawals.Check(session, found, now))
            result.Add(plan is null ? Hold(session, stored!) : Write(session, plan, stored, now));
        return result;
    }

    private static Assignment Hold(SqlSession session, Assignment stored)
    {
        var held = AssignmentLife.Hold(stored);
        if (!ReferenceEquals(held, stored))
            AssignmentRows.Update(session, held);
        return held;
    }

    private static Assignment Write(SqlSession session, AssignmentPlan plan, Assignment? stored, DateTimeOffset now)
    {
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
