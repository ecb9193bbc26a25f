namespace Provisioning.Connectors;

/// <summary>Creates accounts of users. Failures are <see cref="ConnectorException"/>s.</summary>
public interface ICreateAccounts
{
    /// <summary>Creates an account and returns it with the id that the target gave. <see cref="FailureKind.Conflict"/> if the name is taken.</summary>
    Task<Account> CreateAsync(NewAccount account, OperationContext context, CancellationToken cancellationToken);
}
