using Provisioning.Connectors;
using Provisioning.Core.Ledger;

namespace Provisioning.Storage;

internal sealed partial class SqlLedger
{
    internal const string NextDueSql = $"""
        SELECT min(claimable_at) FROM assignments WHERE identity_provider = @provider AND status = {Stored.Status.Pending} AND keeps_access = @keeps
        """;

    /// <summary>How far the next part of the ledger goes. Parts are by id and not by what is found, so that all of them together are one pass.</summary>
    internal const string PartSql = "SELECT max(id) FROM (SELECT id FROM assignments WHERE id > @after ORDER BY id LIMIT 1000) part";

    // Values, and not NOT EXISTS, which may be made a join that reads all users for every part. An inactive user is disabled by a decision that
    // assigns the account; a leaver is disabled by one that does not.
    internal static readonly string LeftBehindSql = $"""
        SELECT {AssignmentColumns.Read} FROM assignments
        WHERE id > @after AND id <= @last AND (desired = {Stored.Desired.Present} OR (desired = {Stored.Desired.Disabled} AND assigned))
            AND CASE resource_type
                WHEN {Stored.Resource.User} THEN (SELECT 1 FROM users WHERE users.id = assignments.resource_id)
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
                SELECT {AssignmentColumns.Read} FROM assignments
                WHERE resource_type = @type AND resource_id = @resource ORDER BY identity_provider
                """,
                AssignmentColumns.Map,
                ("@type", (int)type),
                ("@resource", resourceId)),
            cancellationToken);

    public Task<IReadOnlyList<Assignment>> ListAssignmentsAsync(AssignmentQuery query, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Assignment>>(
            session =>
            {
                var filter = AssignmentFilter.Of(query, session.Dialect);
                return session.List(
                    $"SELECT {AssignmentColumns.Read} FROM assignments WHERE {filter.Where} ORDER BY id LIMIT @max",
                    AssignmentColumns.Map,
                    [.. filter.Parameters, ("@max", query.Max)]);
            },
            cancellationToken);

    public Task<LeftBehind> ListLeftBehindAsync(string? afterId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session =>
            {
                var after = afterId ?? "";
                return session.Scalar(PartSql, ("@after", after)) is string last
                    ? new LeftBehind(session.List(LeftBehindSql, AssignmentColumns.Map, ("@after", after), ("@last", last)), last)
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
                SELECT {AssignmentColumns.Read} FROM assignments
                WHERE identity_provider = @provider AND resource_type = @type AND account_id IN (SELECT value FROM {session.Dialect.Elements("@ids")} i)
                """,
                AssignmentColumns.Map,
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

    public Task<IReadOnlyList<AssignmentCount>> CountAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<AssignmentCount>>(
            session => session.List(
                "SELECT identity_provider, status, count(*) FROM assignments GROUP BY identity_provider, status",
                row => new AssignmentCount(row.GetString(0), (AssignmentStatus)row.GetInt32(1), row.GetInt64(2))),
            cancellationToken);

    public Task<long> CountAccountsAsync(string identityProvider, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => Convert.ToInt64(
                session.Scalar(
                    $"""
                    SELECT count(*) FROM assignments
                    WHERE identity_provider = @provider AND resource_type = {Stored.Resource.User} AND account_id IS NOT NULL AND desired = {Stored.Desired.Present}
                    """,
                    ("@provider", identityProvider)),
                System.Globalization.CultureInfo.InvariantCulture),
            cancellationToken);

    public Task<IReadOnlyList<Assignment>> ListHeldAsync(string identityProvider, int max, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Assignment>>(
            session => session.List(
                $"SELECT {AssignmentColumns.Read} FROM assignments WHERE held AND identity_provider = @provider ORDER BY id LIMIT @max",
                AssignmentColumns.Map,
                ("@provider", identityProvider),
                ("@max", max)),
            cancellationToken);

    public Task<IReadOnlyDictionary<string, long>> CountHeldAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyDictionary<string, long>>(
            session => session.List(
                "SELECT identity_provider, count(*) FROM assignments WHERE held GROUP BY identity_provider",
                row => (Name: row.GetString(0), Count: row.GetInt64(1))).ToDictionary(x => x.Name, x => x.Count, StringComparer.Ordinal),
            cancellationToken);
}
