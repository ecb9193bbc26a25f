using Provisioning.Connectors;

namespace Provisioning.Plugins;

/// <summary>The connectors there are, and why others are not.</summary>
public interface IPluginCatalog
{
    IReadOnlyList<PluginStatus> Plugins { get; }

    /// <summary>Plugins came, changed or went; factories found before may be stale.</summary>
    event Action? Changed;

    IConnectorFactory? FindFactory(string connectorName);
}
