using Microsoft.Extensions.Hosting;
using Provisioning.Core.Converging;
using Quartz;

namespace Provisioning.Scheduling;

/// <summary>Looks for accounts that targets made late, on one host at a time. Not a part of the sweep, which must not wait for a target.</summary>
[DisallowConcurrentExecution]
internal sealed class LateAccountsJob(LateAccounts late, IHostApplicationLifetime lifetime) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        // The scheduler waits for its jobs at shutdown.
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        try
        {
            await late.LookAsync(stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The next start looks where a look is due.
        }
    }
}
