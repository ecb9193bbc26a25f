using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Connectors;

namespace Provisioning.Host.Configuration;

/// <summary>A connector and how many callers are inside; made at the first use, disposed when retired and empty.</summary>
internal sealed class PooledConnector(IConnectorFactory factory, IdentityProvider provider, string? secretPrint, Func<IConnector> make)
{
    // Making one can take long (a process is started); only those who need this one wait.
    private readonly Lazy<IConnector> _connector = new(make);
    private int _holders = 1;

    public IConnectorFactory Factory { get; } = factory;

    /// <summary>The settings it was made with.</summary>
    public IdentityProvider Provider { get; } = provider;

    /// <summary>Of the secrets it was made with.</summary>
    public string? SecretPrint { get; } = secretPrint;

    /// <summary>Keeps it from being disposed; <see cref="Hold"/> must follow.</summary>
    public void Enter() => Interlocked.Increment(ref _holders);

    /// <exception cref="ConnectorException">It could not be made, now and for this instance ever.</exception>
    public ConnectorHold Hold()
    {
        try
        {
            return new ConnectorHold(_connector.Value, () => _ = ReleaseAsync());
        }
        catch
        {
            Interlocked.Decrement(ref _holders);
            throw;
        }
    }

    /// <summary>Disposes it as soon as nobody is inside; completes then or at once if somebody is.</summary>
    public Task RetireAsync() => ReleaseAsync();

    private async Task ReleaseAsync()
    {
        if (Interlocked.Decrement(ref _holders) == 0 && _connector.IsValueCreated)
            await _connector.Value.DisposeAsync();
    }
}
