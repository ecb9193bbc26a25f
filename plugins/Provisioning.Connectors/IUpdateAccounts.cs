namespace Provisioning.Connectors;

/// <summary>Updates accounts of users. Failures are <see cref="ConnectorException"/>s.</summary>
public interface IUpdateAccounts
{
    /// <summary>Applies a delta. <see cref="FailureKind.Gone"/> if the account is missing. Returns the account, or null when the target did not say.</summary>
    Task<Account?> UpdateAsync(string accountId, AccountDelta delta, OperationContext context, CancellationToken cancellationToken);
}
