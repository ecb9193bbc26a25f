using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Provisioning.Host.Configuration;
using Provisioning.Host.Imports;
using Provisioning.Host.Inbound;
using Provisioning.Host.Replanning;
using Provisioning.Scheduling;

namespace Provisioning.Host.Composition;

/// <summary>Does what must follow when policies or configuration changed: everybody is planned again. Imports the files of the configuration folder once.</summary>
internal sealed partial class Conductor(
    HostSettings settings,
    ConfigurationFolder configuration,
    KnownContent known,
    Attachments attachments,
    Replanner replanner,
    ReplanSignal signal,
    UserWriter writer,
    IHostApplicationLifetime lifetime,
    ILogger<Conductor> logger) : BackgroundService
{
    // Another host may have held a plan, or somebody may have decided about one there.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    private bool _imported;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.WhenStartedAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (IOException exception)
            {
                LogNoAnswer(exception.Message);
            }
            catch (Exception exception)
            {
                LogReplanFailed(exception);
            }

            await signal.WaitAsync(LookAgain, stoppingToken);
        }
    }

    // What changed while the host was down counts as a change: revisions are compared with those that everybody was last planned with.
    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        await known.NoteAsync(cancellationToken);
        await attachments.RefreshAsync(cancellationToken);
        await replanner.RunIfChangedAsync(cancellationToken);
        if (_imported)
            return;
        await new ImportFolder(Path.Combine(settings.Config, ConfigurationFiles.Imports), configuration, writer, logger).RunAsync(cancellationToken);
        _imported = true;
    }

    [LoggerMessage(5002, LogLevel.Error, "planning everybody again failed; it is tried again in a few seconds")]
    private partial void LogReplanFailed(Exception exception);

    [LoggerMessage(5004, LogLevel.Error, "planning everybody again failed; it is tried again in a few seconds: {Reason}")]
    private partial void LogNoAnswer(string reason);
}
