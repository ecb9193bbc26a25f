using Provisioning.Connectors;
using Provisioning.Core.Ledger;

namespace Provisioning.Core.Converging;

/// <summary>Accounts as the ledger knows them.</summary>
internal sealed class LedgerAccounts(ILedger ledger) : IAccountLookup
{
    public Task<IReadOnlyDictionary<string, string>> AccountIdsAsync(
        string identityProvider, IReadOnlyCollection<string> userIds, CancellationToken cancellationToken) =>
        ledger.AccountIdsAsync(identityProvider, userIds, cancellationToken);

    public Task<Assignment?> HolderOfAsync(
        string identityProvider, ResourceType type, string accountId, string exceptAssignmentId, CancellationToken cancellationToken) =>
        ledger.HolderOfAsync(identityProvider, type, accountId, exceptAssignmentId, cancellationToken);
}
