using Microsoft.Extensions.Hosting;

namespace Provisioning.Scheduling;

/// <summary>When background work may begin.</summary>
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
}
