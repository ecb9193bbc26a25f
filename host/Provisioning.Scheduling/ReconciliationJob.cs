using Microsoft.Extensions.Hosting;
using Provisioning.Core.Reconciling;
using Quartz;

namespace Provisioning.Scheduling;

/// <summary>Runs the reconciliations of the identity provider that its key names: those that are queued, and one more when its schedule fires.</summary>
[DisallowConcurrentExecution]
internal sealed class ReconciliationJob(Reconciler reconciler, IHostApplicationLifetime lifetime) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        var identityProvider = context.JobDetail.Key.Name;
        if (context.Trigger.Key.Group == ReconciliationScheduler.ScheduleGroup)
            await reconciler.RequestScheduledAsync(identityProvider, stopping.Token);
        while (!stopping.IsCancellationRequested && await reconciler.RunNextAsync(identityProvider, stopping.Token))
        {
        }
    }
}
