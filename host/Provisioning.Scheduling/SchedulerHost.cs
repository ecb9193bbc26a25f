using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Provisioning.Core.Ledger;
using Quartz;

namespace Provisioning.Scheduling;

/// <summary>
/// Starts Quartz when the host listens and the database answers, and stops it with the host. A Quartz that meets a database that is away while it is made
/// cannot be made again in the same process. So the ledger is asked first, since the schedule is in the same database, or in a file beside it; should
/// Quartz meet the fault all the same, the host ends and says why, and whatever runs it as a service starts it anew.
/// </summary>
internal sealed partial class SchedulerHost(
    ISchedulerFactory factory, ILedger ledger, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<SchedulerHost> logger) : BackgroundService
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(1);

    private const int TellEach = 60;

    private IScheduler? _scheduler;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            if (_scheduler is { } scheduler)
                await scheduler.Shutdown(waitForJobsToComplete: true, cancellationToken);
        }
        catch (Exception exception)
        {
            LogNotStopped(exception.Message);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.WhenStartedAsync(stoppingToken);
        try
        {
            await WaitForDatabaseAsync(stoppingToken);
            _scheduler = await factory.GetScheduler(stoppingToken);
            await _scheduler.Start(stoppingToken);
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // The next start takes up what is due.
        }
    }

    private async Task WaitForDatabaseAsync(CancellationToken stoppingToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await ledger.NextDueAsync("", stoppingToken);
                return;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                if (attempt % TellEach == 0)
                    LogNotStarted(exception.Message);
                await Task.Delay(TryAgain, time, stoppingToken);
            }
        }
    }

    [LoggerMessage(2301, LogLevel.Warning, "the schedule cannot be opened yet; it is tried again each second: {Reason}")]
    private partial void LogNotStarted(string reason);

    [LoggerMessage(2302, LogLevel.Warning, "the schedule was not closed: {Reason}; the next start takes up what is due")]
    private partial void LogNotStopped(string reason);
}
