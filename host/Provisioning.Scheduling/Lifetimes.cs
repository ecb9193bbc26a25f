using Microsoft.Extensions.Hosting;

namespace Provisioning.Scheduling;

/// <summary>When background work may begin, and when it has to end.</summary>
public static class Lifetimes
{
    /// <summary>
    /// Completes when the host listens. A host that cannot listen (its port is taken) must not have planned, imported or called anything.
    /// </summary>
    /// <exception cref="OperationCanceledException">The host stops before it has started.</exception>
    public static async Task WhenStartedAsync(this IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lifetime);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var _ = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Runs a job until it is done or the host stops. The scheduler waits for its jobs at shutdown, so none may go on for long.</summary>
    internal static async Task RunUntilStopAsync(this IHostApplicationLifetime lifetime, Func<CancellationToken, Task> job, CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        try
        {
            await job(stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The next start takes up what is left.
        }
    }
}
