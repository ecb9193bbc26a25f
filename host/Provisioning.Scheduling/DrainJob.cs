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
        await lifetime.RunUntilStopAsync(stopping => RunAsync(identityProvider, stopping), cancellationToken);
    }

    private async Task RunAsync(string identityProvider, CancellationToken cancellationToken)
    {
        if (await drain.RunAsync(identityProvider, cancellationToken) is { } next)
            await scheduler.ArmAsync(identityProvider, next, CancellationToken.None);
    }
}
