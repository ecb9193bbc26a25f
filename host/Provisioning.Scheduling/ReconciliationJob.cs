using Microsoft.Extensions.Hosting;
using Provisioning.Core.Reconciling;
using Quartz;

namespace Provisioning.Scheduling;

/// <summary>Runs the reconciliations of the identity provider that its key names: those that are queued, and one more when its schedule fires.</summary>
[DisallowConcurrentExecution]
internal sealed class ReconciliationJob(Reconciler reconciler, IHostApplicationLifetime lifetime) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await lifetime.RunUntilStopAsync(stopping => RunAsync(context, stopping), cancellationToken);

    private async Task RunAsync(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var identityProvider = context.JobDetail.Key.Name;
        if (context.Trigger.Key.Group == ReconciliationScheduler.ScheduleGroup)
            await reconciler.RequestScheduledAsync(identityProvider, cancellationToken);
        while (!cancellationToken.IsCancellationRequested && await reconciler.RunNextAsync(identityProvider, cancellationToken))
        {
        }
    }
}
