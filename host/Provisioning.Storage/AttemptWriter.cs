using Provisioning.Connectors;
using Provisioning.Core.Ledger;

namespace Provisioning.Storage;

/// <summary>Turns the outcome of an attempt into the next state of its assignment.</summary>
internal static class AttemptWriter
{
    private const int Kept = 50;

    public static bool Write(SqlSession session, AttemptRecord record, DateTimeOffset now)
    {
        var stored = AssignmentRows.Find(session, record.Attempt.AssignmentId);
        if (stored is null || stored.LeaseOwner != record.LeaseOwner)
            return false;
        AssignmentRows.UpdateOutcome(session, Next(stored, record, now));
        Append(session, record.Attempt);
        if (record.WakeGroups)
            WakeGroups(session, stored, now);
        return true;
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
        var stopped = stored.Status is AssignmentStatus.Parked or AssignmentStatus.Detached;
        if (record.DesiredRevision != stored.DesiredRevision)
        {
            return stopped
                ? next
                : next with { Status = AssignmentStatus.Pending, DueAt = now, Attempts = 0, FirstFailedAt = null };
        }

        if (stopped && (stored.Status == AssignmentStatus.Detached || record.Status == AssignmentStatus.Pending))
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

    private static void Append(SqlSession session, Attempt attempt)
    {
        session.Execute(
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
        session.Execute(
            """
            DELETE FROM attempts WHERE assignment_id = @assignment AND id <=
                (SELECT id FROM attempts WHERE assignment_id = @assignment ORDER BY id DESC LIMIT 1 OFFSET @kept)
            """,
            ("@assignment", attempt.AssignmentId),
            ("@kept", Kept));
    }

    // A parked group without attributes could not even be mapped: waking it would have nothing to apply.
    private static void WakeGroups(SqlSession session, Assignment user, DateTimeOffset now) => session.Execute(
        """
        UPDATE assignments SET desired_revision = desired_revision + 1, status = 0, due_at = @now, attempts = 0,
            first_failed_at = NULL, last_failure = NULL, last_error = NULL, modified = @now
        WHERE identity_provider = @provider AND resource_type = @group AND desired <> 2 AND status <> 3
            AND NOT (status = 2 AND desired_attributes IS NULL)
            AND resource_id IN (SELECT group_id FROM group_members WHERE user_id = @user)
        """,
        ("@now", now.Ms()),
        ("@provider", user.IdentityProvider),
        ("@group", (int)ResourceType.Group),
        ("@user", user.ResourceId));
}
