using Provisioning.Connectors;

namespace Provisioning.Plugins;

/// <summary>A plugin's factory together with the code it lives in.</summary>
internal sealed class HeldFactory(LoadedPlugin plugin, IConnectorFactory factory) : IPluginConnectorFactory
{
    // Read once: the name must not change behind the catalog's back.
    public string Name { get; } = factory.Name;

    public Type SettingsType => factory.SettingsType;

    public IConnector Create(object settings, ConnectorContext context) => factory.Create(settings, context);

    public IDisposable? Hold() => plugin.Hold();
}
