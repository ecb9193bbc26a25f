using Provisioning.Core.Ledger;

namespace Provisioning.Core.Converging;

/// <summary>Accounts as the ledger knows them.</summary>
/// <param name="ledger">Where they are.</param>
/// <param name="isAwaited">A caller waits for the outcome of the attempt.</param>
internal sealed class LedgerAccounts(ILedger ledger, bool isAwaited) : IAccountLookup
{
    public Task<IReadOnlyDictionary<string, string>> AccountIdsAsync(
        string identityProvider, IReadOnlyCollection<string> userIds, CancellationToken cancellationToken) =>
        ledger.AccountIdsAsync(identityProvider, userIds, cancellationToken);

    public Task<Assignment?> LinkAsync(Assignment assignment, string accountId, CancellationToken cancellationToken) =>
        ledger.LinkAsync(assignment, accountId, isAwaited, cancellationToken);
}
