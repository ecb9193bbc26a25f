using Provisioning.Connectors;
using Provisioning.Core.Ledger;

namespace Provisioning.Storage;

/// <summary>Turns the outcome of an attempt into the next state of its assignment.</summary>
internal static class AttemptWriter
{
    private const int Kept = 50;

    public static bool Write(SqlSession session, AttemptRecord record, DateTimeOffset now)
    {
        if ((AssignmentRows.Settle(session, record, now) ?? Merge(session, record, now)) is not { } resource)
            return false;
        if (record.AccountId is { } account && account != resource.AccountId)
            AccountHolders.TakeOver(session, resource, account, record.Attempt.AssignmentId, now);
        Append(session, record.Attempt);

        // Failures come in rows; of the others one in ten is often enough to keep the history short.
        if (record.Attempt.Failure is not null || record.DesiredRevision % 10 == 0)
            Trim(session, record.Attempt.AssignmentId);
        if (record.AccountChanged && resource.Type == ResourceType.User)
            References.Wake(session, resource, now);
        return true;
    }

    /// <summary>Something else is desired by now, or somebody stopped it while the attempt ran.</summary>
    private static AssignedResource? Merge(SqlSession session, AttemptRecord record, DateTimeOffset now)
    {
        var stored = AssignmentRows.Take(session, record.Attempt.AssignmentId);
        if (stored is null || stored.LeaseOwner != record.LeaseOwner)
            return null;
        AssignmentRows.UpdateOutcome(session, Next(stored, record, now));
        return AssignedResource.Of(stored);
    }

    private static Assignment Next(Assignment stored, AttemptRecord record, DateTimeOffset now)
    {
        var next = stored with
        {
            Applied = record.Applied,
            AppliedAttributes = record.AppliedAttributes,
            AccountId = record.AccountId,
            Uncertain = record.Uncertain,
            LeaseOwner = null,
            LeaseUntil = null,
            Modified = now,
        };

        // Parked or detached by somebody while the attempt ran: what was applied is kept, and nothing is retried.
        var stopped = stored.Status is AssignmentStatus.Parked or AssignmentStatus.Detached or AssignmentStatus.Discarded;
        if (record.DesiredRevision != stored.DesiredRevision)
        {
            return stopped
                ? next
                : next with { Status = AssignmentStatus.Pending, DueAt = now, Attempts = 0, FirstFailedAt = null };
        }

        var final = stored.Status == AssignmentStatus.Detached || (stored.Status == AssignmentStatus.Discarded && record.Status == AssignmentStatus.Parked);
        if (stopped && (final || record.Status == AssignmentStatus.Pending))
            return next;
        return next with
        {
            Status = record.Status,
            Attempts = record.Attempts,
            DueAt = record.DueAt,
            FirstFailedAt = record.FirstFailedAt,
            LastFailure = record.Attempt.Failure,
            LastError = record.Attempt.Failure is null ? null : record.Attempt.Message,
        };
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
