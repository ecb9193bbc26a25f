using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Provisioning.Core.Configuration;
using Provisioning.Core.Ledger;

namespace Provisioning.Scheduling;

/// <summary>
/// Notices that the wall clock was set back, while the host runs or while it was stopped, and brings forward what is due by the old time.
/// Quartz keeps moments of the wall clock as well, so that its sweep alone would come as late as the work.
/// </summary>
internal sealed partial class ClockWatch(
    IDueTimes dueTimes, IConfigurationSource configuration, DrainScheduler scheduler, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<ClockWatch> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    // A clock that is kept in step by a time server moves by less.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.WhenStartedAsync(stoppingToken);
        var (wall, steady, pending) = (time.GetUtcNow(), time.GetTimestamp(), true);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var back = SetBackBy(time.GetUtcNow() - wall, time.GetElapsedTime(steady));
                (wall, steady) = (time.GetUtcNow(), time.GetTimestamp());
                if (back > TimeSpan.Zero)
                    LogSetBack(back);
                pending |= back > TimeSpan.Zero;
                if (pending)
                    await BringForwardAsync(back > TimeSpan.Zero, stoppingToken);
                pending = false;
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogNotDone(exception.Message);
            }

            await Task.Delay(Interval, time, stoppingToken);
        }
    }

    /// <summary>How far the wall clock went back, beyond what is usual; zero if it did not.</summary>
    /// <param name="wall">Time that passed by the wall clock.</param>
    /// <param name="steady">Time that passed by the clock that nobody sets.</param>
    internal static TimeSpan SetBackBy(TimeSpan wall, TimeSpan steady) => steady - wall > Tolerance ? steady - wall : TimeSpan.Zero;

    private async Task BringForwardAsync(bool again, CancellationToken cancellationToken)
    {
        var all = 0L;
        foreach (var provider in configuration.Current.IdentityProviders)
        {
            var moved = await dueTimes.BringForwardAsync(provider, cancellationToken);
            if (moved > 0)
                scheduler.Wake(provider.Name);
            all += moved;
        }

        if (all > 0)
            LogBroughtForward(all);
        if (again)
            await scheduler.ScheduleSweepAsync(cancellationToken);
    }

    [LoggerMessage(2401, LogLevel.Warning, "the clock of this machine was set back by {Span}; what is due by the old time is brought forward")]
    private partial void LogSetBack(TimeSpan span);

    [LoggerMessage(2402, LogLevel.Information, "{Count} assignments were due by a clock that was ahead; they are due now")]
    private partial void LogBroughtForward(long count);

    [LoggerMessage(2403, LogLevel.Warning, "due times could not be checked after a change of the clock; it is tried again: {Reason}")]
    private partial void LogNotDone(string reason);
}
