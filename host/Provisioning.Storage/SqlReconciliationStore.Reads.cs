using System.Data.Common;
using Provisioning.Connectors;
using Provisioning.Core.Reconciling;

namespace Provisioning.Storage;

internal sealed partial class SqlReconciliationStore
{
    /// <summary>As <see cref="Provisioning.Core.Ledger.Assignment.IsComparable"/> says.</summary>
    private const string IsComparable =
        $"a.lease_token IS NULL AND (NOT a.uncertain OR (a.status = {Stored.Status.Done} AND a.applied = {Stored.Applied.Disabled}))";

    internal const string KnownSql = $"""
        SELECT a.account_id, a.id, a.resource_name, a.modified, {IsComparable},
            EXISTS (SELECT 1 FROM reconciliation_seen s WHERE s.run_id = @run AND s.resource_type = @type AND s.account_id = a.account_id)
        FROM assignments a
        WHERE a.identity_provider = @provider AND a.resource_type = @type AND a.account_id > @after
        ORDER BY a.account_id LIMIT @max
        """;

    public Task<Reconciliation?> FindAsync(string runId, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.First($"SELECT {ReconciliationRows.Columns} FROM reconciliations WHERE id = @id", ReconciliationRows.Map, ("@id", runId)), cancellationToken);

    public Task<IReadOnlyList<Reconciliation>> ListAsync(string identityProvider, int max, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Reconciliation>>(
            session => session.List(
                $"SELECT {ReconciliationRows.Columns} FROM reconciliations WHERE identity_provider = @provider ORDER BY id DESC LIMIT @max",
                ReconciliationRows.Map,
                ("@provider", identityProvider),
                ("@max", max)),
            cancellationToken);

    public Task<IReadOnlyList<string>> UnfinishedAsync(CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<string>>(
        session => session.List($"SELECT identity_provider FROM reconciliations WHERE state IN ({Stored.Run.Queued}, {Stored.Run.Running})", row => row.GetString(0)), cancellationToken);

    public Task<IReadOnlyList<Finding>> FindingsAsync(
        string runId, FindingKind? kind, FindingStep? step, long after, int max, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Finding>>(
            session => session.List(
                $"""
                SELECT {ReconciliationRows.FindingColumns} FROM reconciliation_findings
                WHERE run_id = @run AND id > @after {(kind is { } k ? $"AND kind = {(int)k}" : "")} {(step is { } s ? $"AND step = {(int)s}" : "")}
                ORDER BY id LIMIT @max
                """,
                ReconciliationRows.MapFinding,
                ("@run", runId),
                ("@after", after),
                ("@max", max)),
            cancellationToken);

    public Task<IReadOnlyList<KnownAccount>> KnownAsync(
        string runId, string identityProvider, ResourceType type, string after, int max, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<KnownAccount>>(
            session => session.List(
                KnownSql,
                row => new KnownAccount(
                    row.GetString(0), row.GetString(1), row.GetString(2), row.GetBoolean(5), row.GetBoolean(4), row.Time(3)),
                ("@run", runId),
                ("@type", (int)type),
                ("@provider", identityProvider),
                ("@after", after),
                ("@max", max)),
            cancellationToken);

    public Task<IReadOnlyList<CorrelatedResource>> CorrelateAsync(
        string identityProvider, ResourceType type, CorrelationKey key, IReadOnlyCollection<string> values, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<CorrelatedResource>>(
            session =>
            {
                // Names are looked up by their key, and must be told apart as they were asked for.
                var asked = key == CorrelationKey.UserName ? values.ToLookup(Rows.Key) : values.ToLookup(x => x);
                return
                [
                    .. session.List(
                        CorrelateSql(session.Dialect, type, key), Correlated, ("@values", Rows.Array(asked.Select(x => x.Key))), ("@provider", identityProvider), ("@type", (int)type))
                        .SelectMany(x => asked[x.Value], (found, value) => found with { Value = value }),
                ];
            },
            cancellationToken);

    // Who was deleted is known by the assignment that is left.
    private static string CorrelateSql(SqlDialect dialect, ResourceType type, CorrelationKey key)
    {
        var (table, name, nameKey) = type == ResourceType.User ? ("users", "user_name", "user_name_key") : ("groups", "display_name", "display_name_key");
        var columns = AssignmentColumns.Of("a");
        var assignment = "assignments a ON a.identity_provider = @provider AND a.resource_type = @type AND a.resource_id";
        return key == CorrelationKey.Id
            ? $"""
              SELECT {columns}, i.value, i.value, coalesce(r.{name}, a.resource_name) FROM {dialect.Elements("@values")} i
              LEFT JOIN {table} r ON r.id = i.value LEFT JOIN {assignment} = i.value WHERE r.id IS NOT NULL OR a.id IS NOT NULL
              """
            : key == CorrelationKey.UserName
            ? $"""
              SELECT {columns}, i.value, r.id, r.{name} FROM {dialect.Elements("@values")} i
              {dialect.LookUp} {table} r ON r.{nameKey} = i.value LEFT JOIN {assignment} = r.id
              """
            : $"""
              SELECT DISTINCT {columns}, i.value, r.id, r.{name} FROM {dialect.Elements("@values")} i
              {dialect.LookUp} registrations x ON x.external_id = i.value {dialect.LookUp} {table} r ON r.id = x.user_id LEFT JOIN {assignment} = r.id
              """;
    }

    private static CorrelatedResource Correlated(DbDataReader row)
    {
        var first = row.FieldCount - 3;
        return new CorrelatedResource(row.GetString(first), row.GetString(first + 1), row.GetString(first + 2), row.IsDBNull(0) ? null : AssignmentColumns.Map(row));
    }
}
