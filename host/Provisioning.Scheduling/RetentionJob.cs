using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Provisioning.Core.Configuration;
using Provisioning.Core.Ledger;
using Quartz;

namespace Provisioning.Scheduling;

/// <summary>Removes what is too old, on one host at a time.</summary>
[DisallowConcurrentExecution]
internal sealed partial class RetentionJob(
    IRetention retention, IConfigurationSource configuration, IHostApplicationLifetime lifetime, ILogger<RetentionJob> logger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await lifetime.RunUntilStopAsync(PruneAsync, cancellationToken);

    private async Task PruneAsync(CancellationToken cancellationToken)
    {
        var removed = await retention.PruneAsync(configuration.Current.Retention, cancellationToken);
        if (removed > 0)
            LogPruned(removed);
    }

    [LoggerMessage(2101, LogLevel.Information, "{Count} old attempts, audit entries, assignments and findings were removed")]
    private partial void LogPruned(long count);
}
