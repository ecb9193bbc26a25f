namespace Provisioning.Connectors.Sql;

/// <summary>
/// Runs work apart from its caller. SQLite works on the thread it is called on and waits there for locks; Npgsql asks the server to
/// cancel on the thread that cancels, and waits for one that does not answer. Neither may hold up the caller.
/// </summary>
internal static class Detached
{
    public static async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var own = new CancellationTokenSource();
        var task = Task.Run(() => work(own.Token), CancellationToken.None);
        _ = task.ContinueWith(
            finished =>
            {
                // Looked at, so that a failure nobody waits for is not reported as unobserved.
                _ = finished.Exception;
                own.Dispose();
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        try
        {
            return await task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (!task.IsCompleted)
        {
            _ = Task.Run(() => Cancel(own), CancellationToken.None);
            throw;
        }
    }

    private static void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The work ended at the same moment.
        }
    }
}
