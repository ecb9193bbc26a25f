using Microsoft.Extensions.Logging;
using Provisioning.Connectors;
using Provisioning.Plugins.Calls;
using Provisioning.Plugins.Isolation;

namespace Provisioning.Plugins;

/// <summary>A plugin's factory. Its connectors are guarded, and keep the plugin's code in memory until they are disposed.</summary>
internal sealed class HeldFactory(LoadedPlugin plugin, IConnectorFactory factory, ILogger logger, TimeProvider time) : IIsolatedConnectorFactory
{
    // Read once: the name must not change behind the catalog's back.
    public string Name { get; } = factory.Name;

    public Type SettingsType => factory.SettingsType;

    public IConnector Create(object settings, ConnectorContext context) =>
        Guarded(settings, context, () => new DirectRoute(factory.Create(settings, context)));

    public IConnector CreateIsolated(object settings, ConnectorContext context, ChildLauncher launcher) => Guarded(settings, context, () =>
    {
        var request = new OpenRequest(
            ChildMessage.Protocol, plugin.Folder, plugin.Verified.Files.Hash, Name, SettingsWire.Write(settings), context.IdentityProvider,
            Path.GetFullPath(context.BaseDirectory));

        // What it can do is known only when it runs.
        return Task.Run(() => ProcessRoute.StartAsync(launcher, request, plugin.Health, logger, time)).GetAwaiter().GetResult();
    });

    /// <summary>Makes the bare connector, for the child process, where the process is the guard.</summary>
    public IConnector Open(Func<Type, object> settings, ConnectorContext context) => factory.Create(settings(SettingsType), context);

    private IConnector Guarded(object settings, ConnectorContext context, Func<ICallRoute> make)
    {
        // In the moment of a swap the settings may still be bound to the version before; they are bound again right after it.
        if (!SettingsType.IsInstanceOfType(settings))
            throw new ConnectorException(FailureKind.Transient, $"plugin '{plugin.Manifest.Id}' was replaced and its settings are being read again");
        var hold = plugin.Hold()
            ?? throw new ConnectorException(FailureKind.Transient, $"plugin '{plugin.Manifest.Id}' {plugin.Manifest.Version} is being replaced");
        try
        {
            return ConnectorShells.Create(new GuardedRoute(make(), plugin.Health.For(context.IdentityProvider), time, hold.Dispose));
        }
        catch (Exception exception)
        {
            hold.Dispose();
            if (exception is not ConnectorException)
                plugin.Health.For(context.IdentityProvider).Failed(exception);
            throw exception as ConnectorException
                ?? new ConnectorException(FailureKind.Rejected, $"the connector could not be made: {exception.GetType().Name}: {exception.Message}");
        }
    }
}
