namespace Provisioning.Connectors;

/// <summary>Tells whether the target can be used. Failures are <see cref="ConnectorException"/>s.</summary>
public interface ITestConnection
{
    /// <summary>Returns null when reachable and authorized, else one sentence that says what is wrong.</summary>
    Task<string?> TestAsync(OperationContext context, CancellationToken cancellationToken);
}
