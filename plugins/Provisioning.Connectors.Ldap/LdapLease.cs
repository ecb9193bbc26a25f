namespace Provisioning.Connectors.Ldap;

/// <summary>The right to one connection of the pool until it is disposed, or until the work that runs on it ends, whichever is later.</summary>
internal sealed class LdapLease(LdapPool pool) : IAsyncDisposable
{
    private LdapSession? _session;
    private Task _running = Task.CompletedTask;

    /// <summary>Runs work on the connection. A caller that cancels gets control back; the thread is freed by the answer or the timeout.</summary>
    public async Task<T> RunAsync<T>(Func<LdapSession, T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var task = Task.Run(() => work(_session ??= pool.Take()), CancellationToken.None);
        _running = task;
        return await task.WaitAsync(cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        if (_running.IsCompleted)
            pool.Return(_session);
        else
            _ = _running.ContinueWith(ReturnLate, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return ValueTask.CompletedTask;
    }

    private void ReturnLate(Task work)
    {
        // Nobody waits for the failure any more; looking at it keeps it from being reported as unobserved.
        _ = work.Exception;
        pool.Return(_session);
    }
}
