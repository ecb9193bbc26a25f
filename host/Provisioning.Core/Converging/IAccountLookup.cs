using Provisioning.Core.Ledger;

namespace Provisioning.Core.Converging;

/// <summary>Who has which account at a target.</summary>
public interface IAccountLookup
{
    /// <summary>Account ids by our user ids, of accounts that exist at the identity provider.</summary>
    Task<IReadOnlyDictionary<string, string>> AccountIdsAsync(
        string identityProvider, IReadOnlyCollection<string> userIds, CancellationToken cancellationToken);

    /// <summary>Makes an account that of the assignment; returns the other assignment that stands in the way, or null.</summary>
    Task<Assignment?> LinkAsync(Assignment assignment, string accountId, CancellationToken cancellationToken);
}
