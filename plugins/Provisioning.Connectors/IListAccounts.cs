namespace Provisioning.Connectors;

/// <summary>Lists all accounts of the target. Failures are <see cref="ConnectorException"/>s.</summary>
public interface IListAccounts
{
    /// <summary>Streams every object. Throws, and never ends early, if the listing could not be completed.</summary>
    IAsyncEnumerable<Account> ListAsync(ResourceType type, OperationContext context, CancellationToken cancellationToken);
}
