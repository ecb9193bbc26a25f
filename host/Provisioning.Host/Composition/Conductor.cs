using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Provisioning.Core.Ledger;
using Provisioning.Host.Configuration;
using Provisioning.Host.Imports;
using Provisioning.Host.Inbound;
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
    UserWriter writer,
    TimeProvider time,
    ILogger<Conductor> logger) : BackgroundService
{
    private readonly SemaphoreSlim _changed = new(0, 1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        plugins.Refresh();
        foreach (var plugin in plugins.Plugins)
            LogPlugin(plugin.Folder, plugin.Version ?? "?", plugin.State, plugin.Reason ?? string.Join(", ", plugin.Connectors));
        configuration.LoadFirst();
        pool.Update(configuration.Loaded!);
        await AttachAsync(cancellationToken);

        plugins.Changed += () => configuration.Refresh(force: true);
        configuration.Changed += loaded =>
        {
            pool.Update(loaded);
            Signal();
        };
        policies.Changed += _ => Signal();
        plugins.Start();
        configuration.Start();
        policies.Start();
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What changed while the host was down counts as a change: revisions are compared with those last planned with.
        await replanner.RunIfChangedAsync(stoppingToken);
        await new ImportFolder(Path.Combine(settings.Config, "imports"), configuration, writer, logger).RunAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            await _changed.WaitAsync(stoppingToken);
            await Task.Delay(TimeSpan.FromMilliseconds(200), time, stoppingToken);
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

    public override void Dispose()
    {
        _changed.Dispose();
        base.Dispose();
    }

    private Task AttachAsync(CancellationToken cancellationToken) =>
        ledger.AttachAsync([.. configuration.Current.IdentityProviders.Select(x => x.Name)], time.GetUtcNow(), cancellationToken);

    private void Signal()
    {
        try
        {
            _changed.Release();
        }
        catch (SemaphoreFullException)
        {
            // One is waiting already; it will see this change too.
        }
    }

    [LoggerMessage(5001, LogLevel.Information, "plugin {Folder} {Version}: {State} ({Detail})")]
    private partial void LogPlugin(string folder, string version, PluginState state, string detail);

    [LoggerMessage(5002, LogLevel.Error, "replanning failed; it is tried again with the next change or start")]
    private partial void LogReplanFailed(Exception exception);
}
