namespace Provisioning.Connectors;

/// <summary>Sets passwords. Failures are <see cref="ConnectorException"/>s.</summary>
public interface ISetPasswords
{
    /// <summary>Sets the password of an account.</summary>
    Task SetPasswordAsync(string accountId, Secret password, OperationContext context, CancellationToken cancellationToken);
}
