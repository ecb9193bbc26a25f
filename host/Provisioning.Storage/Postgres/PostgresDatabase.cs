using Npgsql;

namespace Provisioning.Storage.Postgres;

/// <summary>
/// A few writers and a few readers, each on a connection and a thread of its own, so that a host's share of the server is bounded. One of the
/// writers is kept for what callers wait for: the others are in the middle of a batch whenever there is much to do. While there are callers, no
/// more of the others work than half of the processors: what a caller's statements wait for then is a processor.
/// </summary>
internal sealed class PostgresDatabase : Database
{
    private const int Writers = 4;
    private const int Readers = 4;

    // The planner of a young database knows nothing of what is in it, and the server's own analysis comes a minute too late.
    private static readonly long[] AnalyzeAt = [1_000, 10_000, 100_000];

    private readonly NpgsqlDataSource _source;
    private readonly OperationQueue _writes = new();
    private readonly OperationQueue _reads = new();
    private readonly Task _workers;
    private long _written;

    public PostgresDatabase(NpgsqlDataSource source)
    {
        _source = source;
        _workers = Task.WhenAll(
            Enumerable.Range(0, Writers).Select(i => Start(() => new PostgresWriter(source, _writes, TakerOf(i, Environment.ProcessorCount)).Run()))
                .Concat(Enumerable.Range(0, Readers).Select(_ => Start(() => new PostgresReader(source, _reads).Run()))));
    }

    public override Task<T> WriteAsync<T>(Func<SqlSession, T> work, bool ahead, CancellationToken cancellationToken)
    {
        if (Array.IndexOf(AnalyzeAt, Interlocked.Increment(ref _written)) >= 0)
            _ = _reads.Add(Analyze, ahead: false, CancellationToken.None);
        return _writes.Add(work, ahead, cancellationToken);
    }

    public override Task<T> ReadAsync<T>(Func<SqlSession, T> work, CancellationToken cancellationToken) => _reads.Add(work, ahead: false, cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        _writes.Close();
        _reads.Close();
        await _workers;
        await _source.DisposeAsync();
    }

    internal static OperationTaker TakerOf(int writer, int processors) => writer switch
    {
        0 => OperationTaker.OnlyCallers,
        1 => OperationTaker.Any,
        _ => writer <= processors / 2 ? OperationTaker.Any : OperationTaker.StandsBack,
    };

    private static bool Analyze(SqlSession session)
    {
        session.Script("ANALYZE");
        return true;
    }

    private static Task Start(Action loop) =>
        Task.Factory.StartNew(loop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
