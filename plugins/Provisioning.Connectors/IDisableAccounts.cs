namespace Provisioning.Connectors;

/// <summary>Disables and enables accounts of users. Failures are <see cref="ConnectorException"/>s.</summary>
public interface IDisableAccounts
{
    /// <summary>Sets the state; setting it to what it is already is success. <see cref="FailureKind.Gone"/> if the account is missing.</summary>
    Task SetEnabledAsync(string accountId, bool enabled, OperationContext context, CancellationToken cancellationToken);
}
