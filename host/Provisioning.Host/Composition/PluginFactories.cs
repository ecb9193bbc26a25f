using Provisioning.Connectors;
using Provisioning.Host.Configuration;
using Provisioning.Plugins;

namespace Provisioning.Host.Composition;

/// <summary>The plugin catalog as the configuration sees it.</summary>
internal sealed class PluginFactories(PluginCatalog catalog) : IFactoryLookup
{
    public IReadOnlyCollection<string> ConnectorNames =>
        [.. catalog.Plugins.Where(x => x.State == PluginState.Ready).SelectMany(x => x.Connectors).Distinct(StringComparer.Ordinal)];

    public IConnectorFactory? FindFactory(string name) => catalog.FindFactory(name);

    public string? ReasonMissing(string name)
    {
        // A version may be named after the connector: csv@1.2.0.
        var connector = name.Split('@')[0];
        if (catalog.Plugins.FirstOrDefault(x => x.State != PluginState.Ready && (x.Connectors.Contains(connector) || x.Folder == connector || x.Id == connector)) is { } plugin)
            return $"plugin '{plugin.Folder}' is {plugin.State}: {plugin.Reason}";
        return catalog.FindFactory(connector) is null ? null : $"there is no plugin of that version; connector '{connector}' is there in another";
    }
}
