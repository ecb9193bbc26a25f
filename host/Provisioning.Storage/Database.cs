namespace Provisioning.Storage;

/// <summary>Runs work in sessions. Work may be run again when it met another transaction, so it must have no effect but on the session.</summary>
internal abstract class Database : IAsyncDisposable
{
    /// <summary>Completes when the work is durably committed; when it fails, nothing of it is stored.</summary>
    public Task<T> WriteAsync<T>(Func<SqlSession, T> work, CancellationToken cancellationToken) => WriteAsync(work, ahead: false, cancellationToken);

    /// <param name="ahead">A caller waits for it: it goes before everything that nobody waits for.</param>
    public abstract Task<T> WriteAsync<T>(Func<SqlSession, T> work, bool ahead, CancellationToken cancellationToken);

    public abstract Task<T> ReadAsync<T>(Func<SqlSession, T> work, CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
