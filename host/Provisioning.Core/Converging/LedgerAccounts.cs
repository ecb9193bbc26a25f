using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Core.Ledger;

namespace Provisioning.Core.Converging;

/// <summary>
/// Accounts as the ledger knows them. The time limit of an attempt is the target's: a slow database does not end a call of the ledger half-way.
/// </summary>
/// <param name="ledger">Where they are.</param>
/// <param name="isAwaited">A caller waits for the outcome of the attempt.</param>
internal sealed class LedgerAccounts(ILedger ledger, bool isAwaited) : IAccountLookup
{
    public Task<IReadOnlyDictionary<string, string>> AccountIdsAsync(
        string identityProvider, IReadOnlyCollection<string> userIds, CancellationToken cancellationToken) =>
        LedgerFault.NamedAsync(ledger.AccountIdsAsync(identityProvider, userIds, CancellationToken.None));

    public Task<LinkOutcome> LinkAsync(Assignment assignment, string accountId, CancellationToken cancellationToken) =>
        LedgerFault.NamedAsync(ledger.LinkAsync(assignment, accountId, isAwaited, CancellationToken.None));

    public Task<IReadOnlyList<Assignment>> HoldersAsync(
        string identityProvider, ResourceType type, IReadOnlyCollection<string> accountIds, CancellationToken cancellationToken) =>
        LedgerFault.NamedAsync(ledger.HoldersAsync(identityProvider, type, accountIds, CancellationToken.None));

    public Task<bool> YieldAsync(Assignment holder, IReadOnlyDictionary<string, JsonNode> values, CancellationToken cancellationToken) =>
        LedgerFault.NamedAsync(ledger.YieldAsync(holder, values, CancellationToken.None));
}
