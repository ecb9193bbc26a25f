using Provisioning.Core.Ledger;

namespace Provisioning.Core.Converging;

/// <summary>Members' account ids as the ledger knows them.</summary>
internal sealed class LedgerMemberships(ILedger ledger) : IMembershipSource
{
    public Task<IReadOnlyDictionary<string, string>> AccountIdsAsync(
        string identityProvider, IReadOnlyCollection<string> userIds, CancellationToken cancellationToken) =>
        ledger.AccountIdsAsync(identityProvider, userIds, cancellationToken);
}
