using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Provisioning.Core.Pipeline;

namespace Provisioning.Scheduling;

/// <summary>
/// Has those decided about again whose moment has come: at the start, and then a second after each minute begins. Windows that end at 23:59:59 and go on at
/// midnight are both past then, so that nobody loses an account for that second. Not a job of Quartz, whose triggers stand still when the clock is set back.
/// </summary>
internal sealed partial class ClockRounds(IDueDecisions decisions, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<ClockRounds> logger) : BackgroundService
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan After = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.WhenStartedAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await decisions.RunAsync(stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogFailed(exception);
            }

            await Task.Delay(UntilNext(time.GetUtcNow()), time, stoppingToken);
        }
    }

    private static TimeSpan UntilNext(DateTimeOffset now) =>
        Minute - TimeSpan.FromTicks((now - After).Ticks % Minute.Ticks);

    [LoggerMessage(2501, LogLevel.Error, "those whose moment has come could not be decided about again; it is tried in a minute")]
    private partial void LogFailed(Exception exception);
}
