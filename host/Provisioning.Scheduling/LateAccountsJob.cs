using Microsoft.Extensions.Hosting;
using Provisioning.Core.Converging;
using Quartz;

namespace Provisioning.Scheduling;

/// <summary>Looks for accounts that targets made late, on one host at a time. Not a part of the sweep, which must not wait for a target.</summary>
[DisallowConcurrentExecution]
internal sealed class LateAccountsJob(LateAccounts late, IHostApplicationLifetime lifetime) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await lifetime.RunUntilStopAsync(late.LookAsync, cancellationToken);
}
