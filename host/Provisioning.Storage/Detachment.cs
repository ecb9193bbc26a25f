using Provisioning.Core.Ledger;

namespace Provisioning.Storage;

/// <summary>
/// An identity provider leaves the configuration, and may come back. Both change all of its assignments with one statement, which is held
/// to <see cref="AssignmentLife.Detach"/> and <see cref="AssignmentLife.Attach"/>.
/// </summary>
internal static class Detachment
{
    /// <summary>The status of an assignment, or what it was before it was detached. Assignments detached by an early version are looked at again.</summary>
    public const string Status =
        $"coalesce(CASE status WHEN {Stored.Status.Detached} THEN detached_from ELSE status END, {Stored.Status.Pending})";

    internal const string AttachSql = $"""
        UPDATE assignments SET status = {Status}, detached_from = NULL, modified = @now,
            due_at = CASE WHEN {Status} = {Stored.Status.Pending} AND due_at < @now THEN @now ELSE due_at END
        WHERE status = {Stored.Status.Detached}
        """;

    internal const string DetachSql = $"""
        UPDATE assignments SET detached_from = status, status = {Stored.Status.Detached}, modified = @now
        WHERE status <> {Stored.Status.Detached}
        """;

    public static int Detach(SqlSession session, IEnumerable<string> remaining, DateTimeOffset now) => session.Execute(
        $"{DetachSql} AND identity_provider NOT IN (SELECT value FROM {session.Dialect.Elements("@names")} i)",
        ("@now", now.Ms()),
        ("@names", Rows.Array(remaining)));

    public static int Attach(SqlSession session, IEnumerable<string> identityProviders, DateTimeOffset now) => session.Execute(
        $"{AttachSql} AND identity_provider IN (SELECT value FROM {session.Dialect.Elements("@names")} i)",
        ("@now", now.Ms()),
        ("@names", Rows.Array(identityProviders)));
}
