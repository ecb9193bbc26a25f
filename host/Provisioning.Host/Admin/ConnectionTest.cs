using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Connectors;

namespace Provisioning.Host.Admin;

/// <summary>Runs a connector's own test.</summary>
internal static class ConnectionTest
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Null when the connection works, else one sentence that says what is wrong.</summary>
    public static async Task<string?> RunAsync(
        IConnectorSource connectors, IdentityProvider provider, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var hold = connectors.Acquire(provider);
            if (hold.Connector is not ITestConnection test)
                return $"the connector '{provider.Connector}' cannot test its connection";
            return await test.TestAsync(new OperationContext("test-connection", 1, time.GetUtcNow() + Limit, static _ => { }), both.Token);
        }
        catch (ConnectorException exception)
        {
            return $"{exception.Kind}: {exception.Message}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"the target did not answer within {Limit.TotalSeconds:0} seconds";
        }
    }
}
