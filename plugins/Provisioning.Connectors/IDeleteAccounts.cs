namespace Provisioning.Connectors;

/// <summary>Deletes accounts of users. Failures are <see cref="ConnectorException"/>s.</summary>
public interface IDeleteAccounts
{
    /// <summary>Deletes; deleting what is not there is success.</summary>
    Task DeleteAsync(string accountId, OperationContext context, CancellationToken cancellationToken);
}
