namespace Provisioning.Storage;

/// <summary>What somebody does to assignments by hand.</summary>
internal static class ParkedRows
{
    // The kind of the last failure goes: it is not why this one is parked.
    public static bool Park(SqlSession session, string id, string reason, DateTimeOffset now) => session.Execute(
        "UPDATE assignments SET status = 2, last_failure = NULL, last_error = @reason, modified = @now WHERE id = @id AND status <> 3",
        ("@reason", reason),
        ("@now", now.Ms()),
        ("@id", id)) > 0;

    public static int Retry(SqlSession session, IEnumerable<string> ids, DateTimeOffset now) => session.Execute(
        $"""
        UPDATE assignments SET status = 0, due_at = @now, attempts = 0, first_failed_at = NULL, modified = @now
        WHERE status IN (0, 2) AND id IN (SELECT value FROM {session.Dialect.Elements("@ids")} i)
        """,
        ("@now", now.Ms()),
        ("@ids", Rows.Array(ids)));

    public static int Discard(SqlSession session, IEnumerable<string> ids, string reason, string actor, DateTimeOffset now)
    {
        var parked = session.List(
            $"""
            SELECT id, identity_provider, resource_name, last_error FROM assignments
            WHERE status = 2 AND id IN (SELECT value FROM {session.Dialect.Elements("@ids")} i) {session.Dialect.ForUpdate}
            """,
            row => (Id: row.GetString(0), Subject: $"{row.GetString(2)} at {row.GetString(1)}", Error: row.Text(3)),
            ("@ids", Rows.Array(ids)));
        foreach (var (id, subject, error) in parked)
        {
            session.Execute(
                "UPDATE assignments SET status = 4, last_error = @error, modified = @now WHERE id = @id",
                ("@error", $"discarded: {reason}; it was parked because: {error}"),
                ("@now", now.Ms()),
                ("@id", id));
            SqlAuditTrail.Append(session, now, actor, "discard", id, $"{subject}: {reason}; it was parked because: {error}");
        }

        return parked.Count;
    }
}
