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

    public string? ReasonMissing(string name) =>
        catalog.Plugins.FirstOrDefault(x => x.State != PluginState.Ready && (x.Connectors.Contains(name) || x.Folder == name || x.Id == name)) is { } plugin
            ? $"plugin '{plugin.Folder}' is {plugin.State}: {plugin.Reason}"
            : null;
}
