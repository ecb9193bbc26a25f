using Provisioning.Connectors;
using Provisioning.Core.Ledger;

namespace Provisioning.Storage;

/// <summary>Stores the outcome of an attempt, in time or late.</summary>
internal static class AttemptWriter
{
    private const int Kept = 50;

    /// <returns>False if the outcome came late: after the lease was over.</returns>
    public static bool Write(SqlSession session, AttemptRecord record, DateTimeOffset now)
    {
        if (AssignmentRows.Settle(session, record, now) is { } resource)
        {
            Follow(session, record, resource, record.AccountId, now);
            return true;
        }

        // Something else is desired by now, or somebody stopped it while the attempt ran, or another one took over.
        if (AssignmentRows.FindForUpdate(session, record.Attempt.AssignmentId) is not { } stored)
            return false;
        var inTime = stored.Lease?.Token == record.LeaseToken;
        var effect = inTime ? AssignmentLife.Settle(stored, record, now) : AssignmentLife.SettleLate(stored, record, now);
        if (!ReferenceEquals(effect.Next, stored))
            AssignmentRows.Update(session, effect.Next);
        if (effect.Stray is { } stray)
            AccountHolders.PutAside(session, effect.Next, stray, now);
        Follow(session, record, AssignedResource.Of(stored), effect.Next.AccountId, now);
        return inTime;
    }

    private static void Follow(SqlSession session, AttemptRecord record, AssignedResource before, string? account, DateTimeOffset now)
    {
        if (account is not null && account != before.AccountId)
            AccountHolders.TakeOver(session, before, account, record.Attempt.AssignmentId, now);
        if (record.CreateUnheard)
            UnheardCreates.Note(session, record.Attempt.AssignmentId, before.IdentityProvider, now);
        Append(session, record.Attempt);

        // Failures come in rows; of the others one in ten is often enough to keep the history short.
        if (record.Attempt.Failure is not null || record.DesiredRevision % 10 == 0)
            Trim(session, record.Attempt.AssignmentId);
        if ((record.AccountChanged || account != before.AccountId) && before.Type == ResourceType.User)
            References.Wake(session, before, now);
    }

    private static void Append(SqlSession session, Attempt attempt) =>
        session.Post(
            """
            INSERT INTO attempts (assignment_id, started, took_ms, operations, failure, message)
            VALUES (@assignment, @started, @took, @operations, @failure, @message)
            """,
            ("@assignment", attempt.AssignmentId),
            ("@started", attempt.Started.Ms()),
            ("@took", (long)attempt.Took.TotalMilliseconds),
            ("@operations", attempt.Operations),
            ("@failure", (int?)attempt.Failure),
            ("@message", attempt.Message));

    private static void Trim(SqlSession session, string assignmentId) =>
        session.Post(
            """
            DELETE FROM attempts WHERE assignment_id = @assignment AND id <=
                (SELECT id FROM attempts WHERE assignment_id = @assignment ORDER BY id DESC LIMIT 1 OFFSET @kept)
            """,
            ("@assignment", assignmentId),
            ("@kept", Kept));
}
