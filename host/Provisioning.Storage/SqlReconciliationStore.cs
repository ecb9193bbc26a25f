using Provisioning.Core.Reconciling;

namespace Provisioning.Storage;

/// <summary>The writes; the reads are in the other part.</summary>
internal sealed partial class SqlReconciliationStore(Database database, TimeProvider time) : IReconciliationStore
{
    private const int Batch = 5000;

    public Task<bool> RequestAsync(Reconciliation run, CancellationToken cancellationToken) => database.WriteAsync(
        session =>
        {
            var queued = session.Execute(
                $"""
                INSERT INTO reconciliations (id, identity_provider, mode, forced, requested_by, requested, state)
                VALUES (@id, @provider, @mode, @forced, @by, @requested, {Stored.Run.Queued}) ON CONFLICT DO NOTHING
                """,
                ("@id", run.Id),
                ("@provider", run.IdentityProvider),
                ("@mode", (int)run.Mode),
                ("@forced", run.Forced),
                ("@by", run.RequestedBy),
                ("@requested", run.Requested.Ms())) > 0;
            if (queued)
                Audit(session, run.RequestedBy, "reconcile", run.IdentityProvider, $"{Word(run.Mode)}, run {run.Id}{(run.Forced ? ", forced" : "")}");
            return queued;
        },
        cancellationToken);

    public async Task<Reconciliation?> BeginAsync(string identityProvider, string owner, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var id = await database.WriteAsync(
            session =>
            {
                var found = (string?)session.Scalar(
                    $"SELECT id FROM reconciliations WHERE identity_provider = @provider AND state IN ({Stored.Run.Queued}, {Stored.Run.Running}) {session.Dialect.ForUpdate}", ("@provider", identityProvider));
                if (found is not null)
                    session.Execute($"UPDATE reconciliations SET state = {Stored.Run.Running}, owner = @owner WHERE id = @id", ("@owner", owner), ("@id", found));
                return found;
            },
            cancellationToken);
        if (id is null)
            return null;

        // What another owner left half done is no part of this one.
        await ForgetAsync(id, "reconciliation_seen", cancellationToken);
        await ForgetAsync(id, "reconciliation_findings", cancellationToken);
        var counters = string.Join(", ", ReconciliationRows.Counters.Select(x => $"{x} = 0"));
        var begun = await database.WriteAsync(
            session => session.Execute(
                $"UPDATE reconciliations SET started = @now, listed = 0, in_motion = 0, acted = 0, problem = NULL, {counters} WHERE id = @id AND owner = @owner AND state = {Stored.Run.Running}",
                ("@now", now.Ms()),
                ("@id", id),
                ("@owner", owner)) > 0,
            cancellationToken);
        return begun ? await FindAsync(id, cancellationToken) : null;
    }

    public Task<bool> StoreAsync(string runId, string owner, ReconciledBatch batch, CancellationToken cancellationToken) => database.WriteAsync(
        session =>
        {
            if (!Count(session, runId, owner, batch))
                return false;
            if (batch.Seen.Count > 0)
                session.Execute(
                    $"""
                    INSERT INTO reconciliation_seen (run_id, resource_type, account_id)
                    SELECT @run, @type, i.value FROM {session.Dialect.Elements("@ids")} i WHERE 1 = 1 ON CONFLICT DO NOTHING
                    """,
                    ("@run", runId),
                    ("@type", (int)batch.Type),
                    ("@ids", Rows.Array(batch.Seen)));
            foreach (var finding in batch.Findings)
                ReconciliationRows.Insert(session, runId, finding);
            return true;
        },
        cancellationToken);

    public async Task<bool> EndAsync(
        string runId, string owner, ReconciliationState state, string? problem, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var over = state > ReconciliationState.Running;
        var ended = await database.WriteAsync(
            session =>
            {
                var changed = session.Execute(
                    $"UPDATE reconciliations SET state = @state, problem = @problem, finished = @finished WHERE id = @id AND owner = @owner AND state = {Stored.Run.Running}",
                    ("@state", (int)state),
                    ("@problem", problem),
                    ("@finished", over ? now.Ms() : null),
                    ("@id", runId),
                    ("@owner", owner)) > 0;
                if (changed && over)
                    Summarize(session, runId);
                return changed;
            },
            cancellationToken);
        if (ended)
            await ForgetAsync(runId, "reconciliation_seen", cancellationToken);
        return ended;
    }

    public async Task<bool> CancelAsync(string runId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var cancelled = await database.WriteAsync(
            session =>
            {
                var changed = session.Execute(
                    $"UPDATE reconciliations SET state = @state, finished = @now WHERE id = @id AND state IN ({Stored.Run.Queued}, {Stored.Run.Running})",
                    ("@state", (int)ReconciliationState.Cancelled),
                    ("@now", now.Ms()),
                    ("@id", runId)) > 0;
                if (changed)
                    Summarize(session, runId);
                return changed;
            },
            cancellationToken);
        if (cancelled)
            await ForgetAsync(runId, "reconciliation_seen", cancellationToken);
        return cancelled;
    }

    public Task<int?> ActAsync(
        string runId, string owner, IReadOnlyCollection<Finding> findings, DateTimeOffset unchangedSince, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync<int?>(
            session =>
            {
                if (session.Scalar(
                    $"UPDATE reconciliations SET acted = acted WHERE id = @id AND owner = @owner AND state = {Stored.Run.Running} RETURNING identity_provider",
                    ("@id", runId),
                    ("@owner", owner)) is not string provider)
                    return null;
                var acted = new ReconciliationActions(session, runId, provider, unchangedSince, now).Run(findings);
                session.Execute("UPDATE reconciliations SET acted = acted + @acted WHERE id = @id", ("@acted", acted), ("@id", runId));
                return acted;
            },
            cancellationToken);

    private static bool Count(SqlSession session, string runId, string owner, ReconciledBatch batch)
    {
        var counters = string.Join(", ", ReconciliationRows.Counters.Select(x => $"{x} = {x} + @{x}"));
        var kinds = batch.Findings.CountBy(x => x.Kind).ToDictionary();
        (string, object?)[] counts =
        [
            .. Enum.GetValues<FindingKind>().Select(x => (
                $"@{ReconciliationRows.Counters[(int)x]}", (object?)(kinds.GetValueOrDefault(x) + batch.NotKept.GetValueOrDefault(x)))),
        ];
        return session.Execute(
            $"UPDATE reconciliations SET listed = listed + @listed, in_motion = in_motion + @motion, {counters} WHERE id = @id AND owner = @owner AND state = {Stored.Run.Running}",
            [("@listed", batch.Seen.Count), ("@motion", batch.InMotion), .. counts, ("@id", runId), ("@owner", owner)]) > 0;
    }

    private void Summarize(SqlSession session, string runId)
    {
        var run = session.First($"SELECT {ReconciliationRows.Columns} FROM reconciliations WHERE id = @id", ReconciliationRows.Map, ("@id", runId))!;
        var found = run.Findings.Where(x => x.Value > 0).Select(x => $"{x.Value} {Word(x.Key)}");
        Audit(
            session, "host", $"reconciliation-{Word(run.State)}", run.IdentityProvider,
            $"{Word(run.Mode)}, run {run.Id}: {string.Join(", ", found.Prepend($"{run.Listed} listed").Append($"{run.Acted} acted on"))}{(run.Problem is null ? "" : "; " + run.Problem)}");
    }

    private void Audit(SqlSession session, string actor, string action, string subject, string detail) =>
        SqlAuditTrail.Append(session, time.GetUtcNow(), actor, action, subject, detail);

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private Task<long> ForgetAsync(string runId, string table, CancellationToken cancellationToken) => ForgetAsync(database, runId, table, cancellationToken);

    /// <summary>Removes what belongs to a run, in batches between which others get their turn.</summary>
    internal static async Task<long> ForgetAsync(Database database, string runId, string table, CancellationToken cancellationToken)
    {
        var key = table == "reconciliation_seen" ? "resource_type, account_id" : "id";
        long all = 0;
        for (var last = Batch; last == Batch; all += last)
            last = await database.WriteAsync(
                session => session.Execute(
                    $"DELETE FROM {table} WHERE run_id = @run AND ({key}) IN (SELECT {key} FROM {table} WHERE run_id = @run ORDER BY {key} LIMIT {Batch})", ("@run", runId)),
                cancellationToken);
        return all;
    }
}
