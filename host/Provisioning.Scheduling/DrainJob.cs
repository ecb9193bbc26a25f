using Provisioning.Core.Pipeline;
using Quartz;

namespace Provisioning.Scheduling;

/// <summary>Runs the drain of the identity provider that its key names, then re-arms its one trigger for the next due time.</summary>
[DisallowConcurrentExecution]
internal sealed class DrainJob(IdentityProviderDrain drain, DrainScheduler scheduler) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var identityProvider = context.JobDetail.Key.Name;
        scheduler.Started(identityProvider);
        if (await drain.RunAsync(identityProvider, cancellationToken) is { } next)
            await scheduler.ArmAsync(identityProvider, next, CancellationToken.None);
    }
}
