using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Core.Connectors;

namespace Provisioning.Host.Configuration;

/// <summary>A connector and how many callers are inside; disposed when retired and empty.</summary>
internal sealed class PooledConnector(IConnectorFactory factory, JsonObject settings, IConnector connector)
{
    private int _holders = 1;

    public IConnectorFactory Factory { get; } = factory;

    public JsonObject Settings { get; } = settings;

    public IConnector Connector { get; } = connector;

    public ConnectorHold Hold()
    {
        Interlocked.Increment(ref _holders);
        return new ConnectorHold(Connector, Release);
    }

    public void Retire() => Release();

    private void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
            _ = Connector.DisposeAsync().AsTask();
    }
}
