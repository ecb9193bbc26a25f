using Provisioning.Core.Ledger;

namespace Provisioning.Storage;

/// <summary>
/// An identity provider leaves the configuration, and may come back: what was given up or waited for somebody is so again, and nothing is
/// done twice.
/// </summary>
internal static class Detachment
{
    /// <summary>The status of an assignment, or what it was before it was detached. Who was detached by an earlier version is looked at again.</summary>
    public const string Status = "coalesce(CASE status WHEN 3 THEN detached_from ELSE status END, 0)";

    private const string AttachSql = $"""
        UPDATE assignments SET status = {Status}, detached_from = NULL, modified = @now,
            due_at = CASE WHEN {Status} = 0 AND due_at < @now THEN @now ELSE due_at END
        WHERE status = 3
        """;

    public static int Detach(SqlSession session, IEnumerable<string> remaining, DateTimeOffset now) => session.Execute(
        $"""
        UPDATE assignments SET detached_from = status, status = 3, modified = @now
        WHERE status <> 3 AND identity_provider NOT IN (SELECT value FROM {session.Dialect.Elements("@names")} i)
        """,
        ("@now", now.Ms()),
        ("@names", Rows.Array(remaining)));

    public static int Attach(SqlSession session, IEnumerable<string> identityProviders, DateTimeOffset now) => session.Execute(
        $"{AttachSql} AND identity_provider IN (SELECT value FROM {session.Dialect.Elements("@names")} i)",
        ("@now", now.Ms()),
        ("@names", Rows.Array(identityProviders)));

    /// <summary>Somebody plans with the identity provider before all of its assignments are attached.</summary>
    public static Assignment Attach(SqlSession session, Assignment detached, DateTimeOffset now)
    {
        session.Execute($"{AttachSql} AND id = @id", ("@now", now.Ms()), ("@id", detached.Id));
        return AssignmentRows.Find(session, detached.Id)!;
    }
}
