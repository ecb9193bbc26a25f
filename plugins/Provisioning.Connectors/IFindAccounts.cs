namespace Provisioning.Connectors;

/// <summary>Finds objects by match key: first by ownership marker, then by name. Failures are <see cref="ConnectorException"/>s.</summary>
public interface IFindAccounts
{
    /// <summary>All objects that match, best match first; empty when there is none.</summary>
    Task<IReadOnlyList<MatchedAccount>> FindAsync(ResourceType type, MatchKey key, OperationContext context, CancellationToken cancellationToken);
}
