namespace Provisioning.Core.Converging;

/// <summary>Translates members into account ids at a target.</summary>
public interface IMembershipSource
{
    /// <summary>Account ids by our user ids, of accounts that exist at the identity provider.</summary>
    Task<IReadOnlyDictionary<string, string>> AccountIdsAsync(
        string identityProvider, IReadOnlyCollection<string> userIds, CancellationToken cancellationToken);
}
