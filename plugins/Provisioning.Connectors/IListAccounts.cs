namespace Provisioning.Connectors;

/// <summary>Lists all accounts of the target. Failures are <see cref="ConnectorException"/>s.</summary>
public interface IListAccounts
{
    /// <summary>
    /// Streams every object, with its marker where that is at hand (<see cref="Account.OwnershipMarker"/>): a reconciliation tells by it whose an
    /// object is. Throws, and never ends early, if the listing could not be completed: what it does not show counts as gone. It is complete only if the
    /// target credibly said so. A listing that counts its way through pages can miss an account while others are deleted, so a host confirms
    /// each account that is missing by a search before it acts.
    /// </summary>
    IAsyncEnumerable<Account> ListAsync(ResourceType type, OperationContext context, CancellationToken cancellationToken);
}
