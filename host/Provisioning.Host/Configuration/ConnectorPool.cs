using System.Text.Json;
using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Connectors;
using Provisioning.Plugins.Isolation;

namespace Provisioning.Host.Configuration;

/// <summary>One running connector for each identity provider, replaced when its settings, its secrets or its plugin change.</summary>
/// <param name="read">Reads the settings of an identity provider once more, with its secrets.</param>
internal sealed class ConnectorPool(
    IFactoryLookup factories, string baseDirectory, TimeProvider time, Func<IdentityProvider, Type, object>? read = null) : IConnectorSource, IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, PooledConnector> _connectors = new(StringComparer.Ordinal);
    private LoadResult? _loaded;

    /// <summary>Takes a new configuration over.</summary>
    /// <returns>The identity providers whose settings or secrets are others than before.</returns>
    public IReadOnlyList<string> Update(LoadResult loaded)
    {
        lock (_lock)
        {
            var before = _loaded;
            _loaded = loaded;
            foreach (var name in _connectors.Keys.ToList())
                if (!StillFits(_connectors[name], loaded, loaded.Configuration.FindIdentityProvider(name)))
                {
                    _ = _connectors[name].RetireAsync();
                    _connectors.Remove(name);
                }

            return [.. loaded.Configuration.IdentityProviders.Where(x => IsOther(before, loaded, x)).Select(x => x.Name)];
        }
    }

    public ConnectorHold Acquire(IdentityProvider identityProvider)
    {
        PooledConnector? pooled;
        lock (_lock)
        {
            if (!_connectors.TryGetValue(identityProvider.Name, out pooled))
                _connectors[identityProvider.Name] = pooled = Create(identityProvider.Name);
            pooled.Enter();
        }

        try
        {
            return pooled.Hold();
        }
        catch
        {
            // The next caller tries anew.
            lock (_lock)
            {
                if (_connectors.GetValueOrDefault(identityProvider.Name) == pooled)
                    _connectors.Remove(identityProvider.Name);
            }

            // Its plugin was replaced while it was made, and the new one is there.
            if (!ReferenceEquals(pooled.Factory, factories.FindFactory(pooled.Provider.Connector)))
                return Acquire(identityProvider);
            throw;
        }
    }

    public void Renew(IdentityProvider identityProvider)
    {
        lock (_lock)
        {
            if (_connectors.Remove(identityProvider.Name, out var pooled))
                _ = pooled.RetireAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var pooled in _connectors.Values)
            await pooled.RetireAsync();
    }

    // A secret that cannot be read at the moment is no reason to stop with the one that was read before.
    private object? Read(IdentityProvider provider, IConnectorFactory factory)
    {
        try
        {
            return read?.Invoke(provider, factory.SettingsType);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsOther(LoadResult? before, LoadResult now, IdentityProvider provider) =>
        before?.Configuration.FindIdentityProvider(provider.Name) is { } known
        && (known.Connector != provider.Connector
            || !JsonNode.DeepEquals(known.Settings, provider.Settings)
            || before.SecretPrints.GetValueOrDefault(provider.Name) != now.SecretPrints.GetValueOrDefault(provider.Name));

    private bool StillFits(PooledConnector pooled, LoadResult loaded, IdentityProvider? provider) =>
        provider is not null
        && pooled.SecretPrint == loaded.SecretPrints.GetValueOrDefault(provider.Name)
        && ReferenceEquals(pooled.Factory, factories.FindFactory(provider.Connector))
        && pooled.Provider.Isolation == provider.Isolation
        && JsonNode.DeepEquals(pooled.Provider.Settings, provider.Settings);

    private PooledConnector Create(string name)
    {
        if (_loaded?.Configuration.FindIdentityProvider(name) is not { } provider)
            throw new ConnectorException(FailureKind.Transient, $"there is no identity provider '{name}' any more");
        if (factories.FindFactory(provider.Connector) is not { } factory || !_loaded.Settings.TryGetValue(name, out var settings))
        {
            var reason = _loaded.Unavailable.GetValueOrDefault(name) ?? factories.ReasonMissing(provider.Connector) ?? "no plugin delivers it";
            throw new ConnectorException(FailureKind.Transient, $"connector '{provider.Connector}' is not available: {reason}");
        }

        var current = Read(provider, factory) ?? settings;
        var context = new ConnectorContext(name, baseDirectory, time);
        return new PooledConnector(factory, provider, _loaded.SecretPrints.GetValueOrDefault(name), () => provider.Isolation == ConnectorIsolation.Process && factory is IIsolatedConnectorFactory isolated
            ? isolated.CreateIsolated(current, context, ChildLauncher.ThisExecutable())
            : factory.Create(current, context));
    }
}
