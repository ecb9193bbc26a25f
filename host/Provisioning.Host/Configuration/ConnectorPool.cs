using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Connectors;

namespace Provisioning.Host.Configuration;

/// <summary>One running connector for each identity provider, replaced when its settings or its plugin change.</summary>
internal sealed class ConnectorPool(IFactoryLookup factories, string baseDirectory, TimeProvider time) : IConnectorSource, IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, PooledConnector> _connectors = new(StringComparer.Ordinal);
    private LoadResult? _loaded;

    public void Update(LoadResult loaded)
    {
        lock (_lock)
        {
            _loaded = loaded;
            foreach (var name in _connectors.Keys.ToList())
                if (!StillFits(_connectors[name], loaded.Configuration.FindIdentityProvider(name)))
                {
                    _connectors[name].Retire();
                    _connectors.Remove(name);
                }
        }
    }

    public ConnectorHold Acquire(IdentityProvider identityProvider)
    {
        lock (_lock)
        {
            if (!_connectors.TryGetValue(identityProvider.Name, out var pooled))
                _connectors[identityProvider.Name] = pooled = Create(identityProvider.Name);
            return pooled.Hold();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var pooled in _connectors.Values)
            await pooled.Connector.DisposeAsync();
    }

    private bool StillFits(PooledConnector pooled, IdentityProvider? provider) =>
        provider is not null
        && ReferenceEquals(pooled.Factory, factories.FindFactory(provider.Connector))
        && JsonNode.DeepEquals(pooled.Settings, provider.Settings);

    private PooledConnector Create(string name)
    {
        if (_loaded?.Configuration.FindIdentityProvider(name) is not { } provider)
            throw new ConnectorException(FailureKind.Transient, $"there is no identity provider '{name}' any more");
        if (factories.FindFactory(provider.Connector) is not { } factory || !_loaded.Settings.TryGetValue(name, out var settings))
        {
            var reason = _loaded.Unavailable.GetValueOrDefault(name) ?? factories.ReasonMissing(provider.Connector) ?? "no plugin delivers it";
            throw new ConnectorException(FailureKind.Transient, $"connector '{provider.Connector}' is not available: {reason}");
        }

        return new PooledConnector(factory, provider.Settings, factory.Create(settings, new ConnectorContext(name, baseDirectory, time)));
    }
}
