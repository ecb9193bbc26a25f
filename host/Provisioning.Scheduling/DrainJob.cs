using Microsoft.Extensions.Hosting;
using Provisioning.Core.Pipeline;
using Quartz;

namespace Provisioning.Scheduling;

/// <summary>Runs the drain of the identity provider that its key names, then re-arms its one trigger for the next due time.</summary>
[DisallowConcurrentExecution]
internal sealed class DrainJob(IdentityProviderDrain drain, DrainScheduler scheduler, IHostApplicationLifetime lifetime) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var identityProvider = context.JobDetail.Key.Name;
        scheduler.Started(identityProvider);

        // The scheduler waits for its jobs at shutdown, and a drain with a backlog would not end by itself.
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        if (await drain.RunAsync(identityProvider, stopping.Token) is { } next)
            await scheduler.ArmAsync(identityProvider, next, CancellationToken.None);
    }
}
