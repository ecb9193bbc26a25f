using Provisioning.Connectors;
using Provisioning.Core.Ledger;

namespace Provisioning.Storage;

internal sealed partial class SqlLedger
{
    internal const string NextDueSql = """
        SELECT min(claimable_at) FROM assignments WHERE identity_provider = @provider AND status = 0 AND keeps_access = @keeps
        """;

    /// <summary>How far the next part of the ledger goes. Parts are by id and not by what is found, so that all of them together are one pass.</summary>
    internal const string PartSql = "SELECT max(id) FROM (SELECT id FROM assignments WHERE id > @after ORDER BY id LIMIT 1000) part";

    // Values, and not NOT EXISTS, which may be made a join that reads all users for every part. Who was inactive is disabled by a decision that assigns;
    // who left is by one that does not.
    internal const string LeftBehindSql = $$"""
        SELECT {{AssignmentRows.Columns}} FROM assignments
        WHERE id > @after AND id <= @last AND (desired = 0 OR (desired = 1 AND decision LIKE '{"assigned":true%'))
            AND CASE resource_type
                WHEN 0 THEN (SELECT 1 FROM users WHERE users.id = assignments.resource_id)
                ELSE (SELECT 1 FROM groups WHERE groups.id = assignments.resource_id)
            END IS NULL
        """;

    public Task<DateTimeOffset?> NextDueAsync(string identityProvider, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session =>
            {
                // One seek for each half of the queue index.
                var losers = session.Scalar(NextDueSql, ("@provider", identityProvider), ("@keeps", 0)) as long?;
                var others = session.Scalar(NextDueSql, ("@provider", identityProvider), ("@keeps", 1)) as long?;
                var next = losers is null || others < losers ? others : losers;
                return next is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : (DateTimeOffset?)null;
            },
            cancellationToken);

    public Task<Assignment?> FindAssignmentAsync(string id, CancellationToken cancellationToken) =>
        database.ReadAsync(session => AssignmentRows.Find(session, id), cancellationToken);

    public Task<IReadOnlyList<Assignment>> AssignmentsOfAsync(
        ResourceType type, string resourceId, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Assignment>>(
            session => session.List(
                $"""
                SELECT {AssignmentRows.Columns} FROM assignments
                WHERE resource_type = @type AND resource_id = @resource ORDER BY identity_provider
                """,
                AssignmentRows.Map,
                ("@type", (int)type),
                ("@resource", resourceId)),
            cancellationToken);

    public Task<IReadOnlyList<Assignment>> ListAssignmentsAsync(AssignmentQuery query, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Assignment>>(
            session =>
            {
                var filter = AssignmentFilter.Of(query, session.Dialect);
                return session.List(
                    $"SELECT {AssignmentRows.Columns} FROM assignments WHERE {filter.Where} ORDER BY id LIMIT @max",
                    AssignmentRows.Map,
                    [.. filter.Parameters, ("@max", query.Max)]);
            },
            cancellationToken);

    public Task<LeftBehind> ListLeftBehindAsync(string? afterId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session =>
            {
                var after = afterId ?? "";
                return session.Scalar(PartSql, ("@after", after)) is string last
                    ? new LeftBehind(session.List(LeftBehindSql, AssignmentRows.Map, ("@after", after), ("@last", last)), last)
                    : new LeftBehind([], null);
            },
            cancellationToken);

    public Task<IReadOnlyDictionary<string, string>> AccountIdsAsync(
        string identityProvider, IReadOnlyCollection<string> userIds, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyDictionary<string, string>>(
            session => AssignmentRows.AccountIds(session, identityProvider, userIds), cancellationToken);

    public Task<IReadOnlyList<Assignment>> HoldersAsync(
        string identityProvider, ResourceType type, IReadOnlyCollection<string> accountIds, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Assignment>>(
            session => session.List(
                $"""
                SELECT {AssignmentRows.Columns} FROM assignments
                WHERE identity_provider = @provider AND resource_type = @type AND account_id IN (SELECT value FROM {session.Dialect.Elements("@ids")} i)
                """,
                AssignmentRows.Map,
                ("@provider", identityProvider),
                ("@type", (int)type),
                ("@ids", Rows.Array(accountIds))),
            cancellationToken);

    public Task<IReadOnlyList<Attempt>> AttemptsOfAsync(string assignmentId, int max, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Attempt>>(
            session => session.List(
                """
                SELECT assignment_id, started, took_ms, operations, failure, message FROM attempts
                WHERE assignment_id = @assignment ORDER BY id DESC LIMIT @max
                """,
                row => new Attempt(
                    row.GetString(0),
                    row.Time(1),
                    TimeSpan.FromMilliseconds(row.GetInt64(2)),
                    row.GetString(3),
                    row.IsDBNull(4) ? null : (FailureKind)row.GetInt32(4),
                    row.Text(5)),
                ("@assignment", assignmentId),
                ("@max", max)),
            cancellationToken);

    public Task<long> CountAccountsAsync(string identityProvider, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => (long)session.Scalar(
                "SELECT count(*) FROM assignments WHERE identity_provider = @provider AND desired = @present AND account_id IS NOT NULL",
                ("@provider", identityProvider),
                ("@present", (int)DesiredState.Present))!,
            cancellationToken);

    public Task<IReadOnlyList<AssignmentCount>> CountAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<AssignmentCount>>(
            session => session.List(
                "SELECT identity_provider, status, count(*) FROM assignments GROUP BY identity_provider, status",
                row => new AssignmentCount(row.GetString(0), (AssignmentStatus)row.GetInt32(1), row.GetInt64(2))),
            cancellationToken);
}
