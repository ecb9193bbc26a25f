using Provisioning.Connectors;

namespace Provisioning.Core.Connectors;

/// <summary>A connector in use; dispose to let go.</summary>
public sealed class ConnectorHold(IConnector connector, Action? release = null) : IDisposable
{
    private Action? _release = release;

    public IConnector Connector { get; } = connector;

    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
