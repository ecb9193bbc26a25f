using Provisioning.Connectors;
using Provisioning.Plugins.Calls;

namespace Provisioning.Plugins;

/// <summary>A plugin's factory. Its connectors are guarded, and keep the plugin's code in memory until they are disposed.</summary>
internal sealed class HeldFactory(LoadedPlugin plugin, IConnectorFactory factory, TimeProvider time) : IConnectorFactory
{
    // Read once: the name must not change behind the catalog's back.
    public string Name { get; } = factory.Name;

    public Type SettingsType => factory.SettingsType;

    public IConnector Create(object settings, ConnectorContext context)
    {
        // In the moment of a swap the settings may still be bound to the version before; they are bound again right after it.
        if (!SettingsType.IsInstanceOfType(settings))
            throw new ConnectorException(FailureKind.Transient, $"plugin '{plugin.Manifest.Id}' was replaced and its settings are being read again");
        var hold = plugin.Hold()
            ?? throw new ConnectorException(FailureKind.Transient, $"plugin '{plugin.Manifest.Id}' {plugin.Manifest.Version} is being replaced");
        try
        {
            var route = new DirectRoute(factory.Create(settings, context));
            return ConnectorShells.Create(new GuardedRoute(route, plugin.Health, time, hold.Dispose));
        }
        catch (Exception exception)
        {
            hold.Dispose();
            if (exception is not ConnectorException)
                plugin.Health.Failed(exception);
            throw exception as ConnectorException
                ?? new ConnectorException(FailureKind.Rejected, $"the connector could not be made: {exception.GetType().Name}: {exception.Message}");
        }
    }
}
