using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Provisioning.Core.Ledger;
using Provisioning.Host.Configuration;
using Provisioning.Host.Imports;
using Provisioning.Host.Inbound;
using Provisioning.Host.Replanning;
using Provisioning.Plugins;
using Provisioning.Xacml;

namespace Provisioning.Host.Composition;

/// <summary>Connects what changes outside (plugins, configuration, policies, import files) to what must follow from it.</summary>
internal sealed partial class Conductor(
    HostSettings settings,
    PluginCatalog plugins,
    ConfigurationFolder configuration,
    ConnectorPool pool,
    PolicyFolder policies,
    ILedger ledger,
    Replanner replanner,
    ReplanSignal signal,
    UserWriter writer,
    TimeProvider time,
    ILogger<Conductor> logger) : BackgroundService
{
    // Another host may have held a plan, or somebody may have decided about one there.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    private string? _attached;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        plugins.Refresh();
        configuration.LoadFirst();
        pool.Update(configuration.Loaded!);
        await AttachAsync(cancellationToken);

        plugins.Changed += () => configuration.Refresh(force: true);
        configuration.Changed += loaded =>
        {
            pool.Update(loaded);
            signal.Raise();
        };
        policies.Changed += _ => signal.Raise();
        plugins.Start();
        configuration.Start();
        policies.Start();

        // Before the first request is decided.
        await replanner.AnnounceAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What changed while the host was down counts as a change: revisions are compared with those last planned with.
        await replanner.RunIfChangedAsync(stoppingToken);
        await new ImportFolder(Path.Combine(settings.Config, "imports"), configuration, writer, logger).RunAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            await signal.WaitAsync(LookAgain, stoppingToken);
            try
            {
                await AttachAsync(stoppingToken);
                await replanner.RunIfChangedAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogReplanFailed(exception);
            }
        }
    }

    private async Task AttachAsync(CancellationToken cancellationToken)
    {
        var current = configuration.Current;
        if (current.Revision == _attached)
            return;
        await ledger.AttachAsync([.. current.IdentityProviders.Select(x => x.Name)], time.GetUtcNow(), cancellationToken);
        _attached = current.Revision;
    }

    [LoggerMessage(5002, LogLevel.Error, "replanning failed; it is tried again with the next change or start")]
    private partial void LogReplanFailed(Exception exception);
}
