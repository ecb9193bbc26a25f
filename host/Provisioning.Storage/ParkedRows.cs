using Provisioning.Core.Ledger;

namespace Provisioning.Storage;

/// <summary>What somebody does to assignments by hand.</summary>
internal static class ParkedRows
{
    /// <summary>Held to <see cref="AssignmentLife.Retry"/>.</summary>
    internal const string RetrySql = $"""
        UPDATE assignments SET status = {Stored.Status.Pending}, parked_because = NULL, due_at = @now, attempts = 0, first_failed_at = NULL, modified = @now
        WHERE status IN ({Stored.Status.Pending}, {Stored.Status.Parked})
        """;

    public static bool Park(SqlSession session, string id, string reason, DateTimeOffset now)
    {
        if (AssignmentRows.FindForUpdate(session, id) is not { } stored || AssignmentLife.Park(stored, reason, now) is var parked && ReferenceEquals(parked, stored))
            return false;
        AssignmentRows.UpdateOutcome(session, parked);
        return true;
    }

    public static int Retry(SqlSession session, IEnumerable<string> ids, DateTimeOffset now) => session.Execute(
        $"{RetrySql} AND id IN (SELECT value FROM {session.Dialect.Elements("@ids")} i)",
        ("@now", now.Ms()),
        ("@ids", Rows.Array(ids)));

    public static int Discard(SqlSession session, IEnumerable<string> ids, string reason, string actor, DateTimeOffset now)
    {
        var count = 0;
        foreach (var parked in AssignmentRows.ListForUpdate(session, ids))
        {
            var discarded = AssignmentLife.Discard(parked, reason, now);
            if (ReferenceEquals(discarded, parked))
                continue;
            count++;
            AssignmentRows.UpdateOutcome(session, discarded);
            SqlAuditTrail.Append(
                session, now, actor, "discard", parked.Id, $"{parked.ResourceName} at {parked.IdentityProvider}: {reason}; it was parked because: {parked.LastError}");
        }

        return count;
    }
}
