using System.Text.Json.Nodes;
using Provisioning.Connectors;
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

    public Task<LinkOutcome> LinkAsync(Assignment assignment, string accountId, CancellationToken cancellationToken) =>
        ledger.LinkAsync(assignment, accountId, isAwaited, cancellationToken);

    public Task<IReadOnlyList<Assignment>> HoldersAsync(
        string identityProvider, ResourceType type, IReadOnlyCollection<string> accountIds, CancellationToken cancellationToken) =>
        ledger.HoldersAsync(identityProvider, type, accountIds, cancellationToken);

    public Task<bool> YieldAsync(Assignment holder, IReadOnlyDictionary<string, JsonNode> values, CancellationToken cancellationToken) =>
        ledger.YieldAsync(holder, values, cancellationToken);
}
