using System.Threading.Channels;
using Npgsql;

namespace Provisioning.Storage.Postgres;

/// <summary>A few writers and a few readers, each on a connection and a thread of its own, so that a host's share of the server is bounded.</summary>
internal sealed class PostgresDatabase : Database
{
    private const int Writers = 4;
    private const int Readers = 4;

    // The planner of a young database knows nothing of what is in it, and the server's own analysis comes a minute too late.
    private static readonly long[] AnalyzeAt = [1_000, 10_000, 100_000];

    private readonly NpgsqlDataSource _source;
    private readonly Channel<SqlOperation> _writes = Channel.CreateUnbounded<SqlOperation>();
    private readonly Channel<SqlOperation> _reads = Channel.CreateUnbounded<SqlOperation>();
    private readonly Task _workers;
    private long _written;

    public PostgresDatabase(NpgsqlDataSource source)
    {
        _source = source;
        _workers = Task.WhenAll(
            Enumerable.Range(0, Writers).Select(_ => Start(() => new PostgresWriter(source, _writes.Reader).Run()))
                .Concat(Enumerable.Range(0, Readers).Select(_ => Start(() => new PostgresReader(source, _reads.Reader).Run()))));
    }

    public override Task<T> WriteAsync<T>(Func<SqlSession, T> work, CancellationToken cancellationToken)
    {
        if (Array.IndexOf(AnalyzeAt, Interlocked.Increment(ref _written)) >= 0)
            Queue(_reads, Analyze, CancellationToken.None);
        return Queue(_writes, work, cancellationToken);
    }

    public override Task<T> ReadAsync<T>(Func<SqlSession, T> work, CancellationToken cancellationToken) => Queue(_reads, work, cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        _writes.Writer.TryComplete();
        _reads.Writer.TryComplete();
        await _workers;
        await _source.DisposeAsync();
    }

    private static Task<T> Queue<T>(Channel<SqlOperation> channel, Func<SqlSession, T> work, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellationToken);
        var operation = new SqlOperation<T>(work, cancellationToken);
        return channel.Writer.TryWrite(operation)
            ? operation.Task
            : Task.FromException<T>(new ObjectDisposedException(nameof(ProvisioningStorage)));
    }

    private static bool Analyze(SqlSession session)
    {
        session.Script("ANALYZE");
        return true;
    }

    private static Task Start(Action loop) =>
        Task.Factory.StartNew(loop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
