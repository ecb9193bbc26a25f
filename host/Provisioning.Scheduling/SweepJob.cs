using Microsoft.Extensions.Hosting;
using Provisioning.Core.Configuration;
using Provisioning.Core.Ledger;
using Provisioning.Core.Pipeline;
using Quartz;

namespace Provisioning.Scheduling;

/// <summary>Finds what a lost wake-up left behind: every due time in the ledger has a trigger at it or before it. Also finds what was left half done
/// when a group changed.</summary>
[DisallowConcurrentExecution]
internal sealed class SweepJob(
    ILedger ledger, IConfigurationSource configuration, GroupPipeline groups, DrainScheduler scheduler, IHostApplicationLifetime lifetime) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await lifetime.RunUntilStopAsync(SweepAsync, cancellationToken);

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        foreach (var provider in configuration.Current.IdentityProviders)
            if (await ledger.NextDueAsync(provider.Name, cancellationToken) is { } due)
                await scheduler.ArmAsync(provider.Name, due, cancellationToken);
        await groups.ReplanRegroupedAsync(cancellationToken);
    }
}
