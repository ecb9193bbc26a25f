using System.Text;

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
        var task = Task.Run(() => Run(work), CancellationToken.None);
        _running = task;
        return await task.WaitAsync(cancellationToken);
    }

    private T Run<T>(Func<LdapSession, T> work)
    {
        try
        {
            _session ??= pool.Take();
            _session.HasAdded = false;
            return work(_session);
        }
        catch (Exception failure) when (failure is not (ConnectorException or OperationCanceledException))
        {
            throw Translated(failure);
        }
    }

    // Exceptions of the library for what it cannot write or read, wherever it meets that.
    private ConnectorException Translated(Exception failure)
    {
        // The cause is left out: it may quote the value.
        if (failure is EncoderFallbackException)
            return new ConnectorException(FailureKind.Rejected, "a value is no proper text: it has half of a surrogate pair");
        _session?.Distrust();
        return _session is { HasAdded: true }
            ? new ConnectorException(FailureKind.Ambiguous, $"an entry was added, but the directory's next answer cannot be understood: {failure.Message}", failure)
            : new ConnectorException(FailureKind.Transient, $"the directory's answer cannot be understood: {failure.Message}", failure);
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
