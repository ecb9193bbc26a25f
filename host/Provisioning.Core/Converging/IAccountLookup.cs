using Provisioning.Connectors;
using Provisioning.Core.Ledger;

namespace Provisioning.Core.Converging;

/// <summary>Who has which account at a target.</summary>
public interface IAccountLookup
{
    /// <summary>Account ids by our user ids, of accounts that exist at the identity provider.</summary>
    Task<IReadOnlyDictionary<string, string>> AccountIdsAsync(
        string identityProvider, IReadOnlyCollection<string> userIds, CancellationToken cancellationToken);

    /// <summary>The other assignment that holds an account, or null.</summary>
    Task<Assignment?> HolderOfAsync(
        string identityProvider, ResourceType type, string accountId, string exceptAssignmentId, CancellationToken cancellationToken);
}
