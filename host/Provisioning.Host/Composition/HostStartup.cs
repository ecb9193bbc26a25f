using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Provisioning.Host.Configuration;
using Provisioning.Host.Replanning;
using Provisioning.Plugins;
using Provisioning.Xacml;

namespace Provisioning.Host.Composition;

/// <summary>
/// The order in which a host starts when its database is open and up to date: it reads everything, listens, and only then writes. A host that cannot
/// listen has planned, imported and called nothing.
/// </summary>
internal sealed partial class HostStartup(
    PluginCatalog plugins,
    ConfigurationFolder configuration,
    ConnectorPool pool,
    PolicyFolder policies,
    KnownContent known,
    DatabaseHistory history,
    Attachments attachments,
    Replanner replanner,
    ReplanSignal signal,
    MendedTargets mended,
    StartGate gate,
    TimeProvider time,
    ILogger<HostStartup> logger) : IHostedLifecycleService
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(1);

    /// <summary>Reads plugins and configuration; policies are read by then.</summary>
    /// <exception cref="ConfigurationException">The configuration is wrong, and there is no earlier one to keep.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        plugins.Refresh();
        configuration.LoadFirst();
        pool.Update(configuration.Loaded!);
        Follow();
        await known.CheckAsync(cancellationToken);
    }

    /// <summary>The host listens. Its first requests wait until the database knows with what this host decides.</summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        for (var told = false; ; told = true)
        {
            try
            {
                await history.CheckAsync(cancellationToken);
                await known.NoteAsync(cancellationToken);
                await attachments.RefreshAsync(cancellationToken);
                await replanner.AnnounceAsync(cancellationToken);
                break;
            }
            catch (Exception exception) when (exception is (IOException or DbException) && !cancellationToken.IsCancellationRequested)
            {
                if (!told)
                    LogWaiting(exception.Message);
                await Task.Delay(TryAgain, time, cancellationToken);
            }
        }

        plugins.Start();
        configuration.Start();
        policies.Start();
        gate.Open();
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Follow()
    {
        plugins.Changed += () => configuration.Look(force: true);
        configuration.Changed += loaded =>
        {
            mended.Reconsider(pool.Update(loaded));
            replanner.Note();
            signal.Raise();
        };
        policies.Changed += _ =>
        {
            replanner.Note();
            signal.Raise();
        };
        policies.Refused += problems =>
        {
            foreach (var problem in problems)
                LogRefused(problem);
        };
    }

    [LoggerMessage(5001, LogLevel.Warning, "the database does not answer yet; it is asked again each second: {Reason}")]
    private partial void LogWaiting(string reason);

    [LoggerMessage(5003, LogLevel.Error, "policies not applied: {Problem}")]
    private partial void LogRefused(PolicyProblem problem);
}
