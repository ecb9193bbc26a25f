using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Provisioning.Storage.Sqlite;

/// <summary>
/// One writer and many readers. Writes that wait at the same moment share one commit: a commit costs a flush of the disk, and
/// the flush is what limits us.
/// </summary>
internal sealed class SqliteDatabase : Database
{
    private const int MaxBatch = 256;

    private readonly SqliteFile _file;
    private readonly SqlSession _writer;
    private readonly Task _loop;
    private readonly ConcurrentBag<SqlSession> _readers = [];
    private readonly OperationQueue _queue = new();

    private long _commits;
    private long _operations;
    private volatile bool _disposed;

    public SqliteDatabase(SqliteFile file, SqlSession writer)
    {
        _file = file;
        _writer = writer;
        _loop = Task.Factory.StartNew(Loop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public long Commits => Interlocked.Read(ref _commits);

    public long Operations => Interlocked.Read(ref _operations);

    /// <summary>Runs before each commit; lets tests make a commit fail.</summary>
    public Action? BeforeCommit { get; set; }

    public override Task<T> WriteAsync<T>(Func<SqlSession, T> work, bool ahead, CancellationToken cancellationToken) =>
        _queue.Add(work, ahead, cancellationToken);

    public override Task<T> ReadAsync<T>(Func<SqlSession, T> work, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(ProvisioningStorage));
            if (!_readers.TryTake(out var session))
                session = _file.Open(readOnly: true);
            try
            {
                return Task.FromResult(work(session));
            }
            finally
            {
                if (_disposed)
                    session.Dispose();
                else
                    _readers.Add(session);
            }
        }
        catch (Exception exception)
        {
            return Task.FromException<T>(exception);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        _queue.Close();
        await _loop;
        while (_readers.TryTake(out var session))
            session.Dispose();
        _writer.Dispose();

        // The lock goes last: nobody may open the file while the last writes are under way.
        _file.Dispose();
    }

    private void Loop()
    {
        var batch = new List<SqlOperation>(MaxBatch);
        while (_queue.Take(batch, MaxBatch))
        {
            try
            {
                Commit(batch);
            }
            catch (Exception exception)
            {
                Rollback();
                foreach (var operation in batch)
                    operation.Fail(operation.Failure ?? SqliteFaults.Explain(exception));
                continue;
            }

            foreach (var operation in batch)
                operation.Complete();
        }
    }

    private void Commit(List<SqlOperation> batch)
    {
        if (!TryRunTogether(batch))
            RunApart(batch);
        BeforeCommit?.Invoke();
        if (_file.IsAway)
            throw new DatabaseAwayException(_file.Path);
        _writer.Execute("COMMIT");
        Interlocked.Increment(ref _commits);
        Interlocked.Add(ref _operations, batch.Count);
    }

    // Nearly always all of a batch succeeds, and then a savepoint around each would be work for nothing.
    private bool TryRunTogether(List<SqlOperation> batch)
    {
        _writer.Execute(_writer.Dialect.Begin);
        try
        {
            foreach (var operation in batch)
                operation.Run(_writer);
            return true;
        }
        catch (Exception)
        {
            // Which one it was and why comes out when they run again, each with its own savepoint.
            Rollback();
            return false;
        }
    }

    private void RunApart(List<SqlOperation> batch)
    {
        _writer.Execute(_writer.Dialect.Begin);
        foreach (var operation in batch)
        {
            _writer.Execute("SAVEPOINT operation");
            try
            {
                operation.Run(_writer);
            }
            catch (Exception exception)
            {
                operation.Failure = SqliteFaults.Explain(exception);

                // Throws if the whole transaction is gone (a full disk, for example); then the whole batch has failed.
                _writer.Execute("ROLLBACK TO operation");
            }

            _writer.Execute("RELEASE operation");
        }
    }

    private void Rollback()
    {
        try
        {
            _writer.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // There is no transaction any more, which is what we want.
        }
    }
}
