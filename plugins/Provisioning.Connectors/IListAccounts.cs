namespace Provisioning.Connectors;

/// <summary>Lists all accounts of the target. Failures are <see cref="ConnectorException"/>s.</summary>
public interface IListAccounts
{
    /// <summary>
    /// Streams every object, with its marker where that is at hand (<see cref="Account.OwnershipMarker"/>): a reconciliation tells by it whose an
    /// object is. Throws, and never ends early, if the listing could not be completed: what it does not show counts as gone.
    /// </summary>
    IAsyncEnumerable<Account> ListAsync(ResourceType type, OperationContext context, CancellationToken cancellationToken);
}
