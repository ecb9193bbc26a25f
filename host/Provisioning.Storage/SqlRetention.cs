using Provisioning.Core.Ledger;

namespace Provisioning.Storage;

internal sealed class SqlRetention(Database database, TimeProvider time) : IRetention
{
    internal const int Batch = 500;

    // Numbers grow with time: the oldest rows are the first ones, and no index on the time is needed.
    private const string AttemptsSql = """
        DELETE FROM attempts WHERE id IN
            (SELECT o.id FROM (SELECT id, started AS at FROM attempts ORDER BY id LIMIT @batch) o WHERE o.at < @before)
        """;

    private const string AuditSql = """
        DELETE FROM audit WHERE id IN
            (SELECT o.id FROM (SELECT id, at FROM audit ORDER BY id LIMIT @batch) o WHERE o.at < @before)
        """;

    internal const string GoneSql = $"""
        SELECT id FROM assignments a
        WHERE status = {Stored.Status.Done} AND desired = {Stored.Desired.Absent} AND account_id IS NULL AND modified < @before AND lease_token IS NULL
            AND NOT EXISTS (SELECT 1 FROM users u WHERE u.id = a.resource_id) AND NOT EXISTS (SELECT 1 FROM groups g WHERE g.id = a.resource_id)
        ORDER BY modified LIMIT @batch
        """;

    public async Task<long> PruneAsync(RetentionSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var now = time.GetUtcNow();
        return await RepeatAsync(session => Delete(session, AttemptsSql, now - settings.Attempts), cancellationToken)
            + await RepeatAsync(session => Delete(session, AuditSql, now - settings.Audit), cancellationToken)
            + await RepeatAsync(session => DeleteGone(session, now - settings.Gone), cancellationToken)
            + await ForgetReconciliationsAsync(now - settings.Reconciliations, cancellationToken);
    }

    // What a run found first: without the run nobody would find it any more.
    private async Task<long> ForgetReconciliationsAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var runs = await database.ReadAsync(
            session => session.List($"SELECT id FROM reconciliations WHERE state NOT IN ({Stored.Run.Queued}, {Stored.Run.Running}) AND finished < @before", row => row.GetString(0), ("@before", before.Ms())), cancellationToken);
        long all = 0;
        foreach (var run in runs)
        {
            all += await SqlReconciliationStore.ForgetAsync(database, run, "reconciliation_findings", cancellationToken);
            all += await SqlReconciliationStore.ForgetAsync(database, run, "reconciliation_seen", cancellationToken);
            all += await database.WriteAsync(session => session.Execute("DELETE FROM reconciliations WHERE id = @run", ("@run", run)), cancellationToken);
        }

        return all;
    }

    private async Task<long> RepeatAsync(Func<SqlSession, int> delete, CancellationToken cancellationToken)
    {
        long all = 0;
        for (var last = Batch; last == Batch; all += last)
            last = await database.WriteAsync(delete, cancellationToken);
        return all;
    }

    private static int Delete(SqlSession session, string sql, DateTimeOffset before) =>
        session.Execute(sql, ("@batch", Batch), ("@before", before.Ms()));

    private static int DeleteGone(SqlSession session, DateTimeOffset before)
    {
        var ids = session.List(GoneSql, row => row.GetString(0), ("@batch", Batch), ("@before", before.Ms()));
        if (ids.Count == 0)
            return 0;
        var (elements, array) = (session.Dialect.Elements("@ids"), Rows.Array(ids));
        session.Execute($"DELETE FROM attempts WHERE assignment_id IN (SELECT value FROM {elements} i)", ("@ids", array));
        session.Execute($"DELETE FROM account_references WHERE assignment_id IN (SELECT value FROM {elements} i)", ("@ids", array));
        return session.Execute($"DELETE FROM assignments WHERE id IN (SELECT value FROM {elements} i)", ("@ids", array));
    }
}
