using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Core.Ledger;

namespace Provisioning.Core.Converging;

/// <summary>Who has which account at a target.</summary>
public interface IAccountLookup
{
    /// <summary>Account ids by our user ids, of accounts that exist at the identity provider.</summary>
    Task<IReadOnlyDictionary<string, string>> AccountIdsAsync(
        string identityProvider, IReadOnlyCollection<string> userIds, CancellationToken cancellationToken);

    /// <inheritdoc cref="ILedger.LinkAsync" />
    Task<LinkOutcome> LinkAsync(Assignment assignment, string accountId, CancellationToken cancellationToken);

    /// <inheritdoc cref="ILedger.HoldersAsync" />
    Task<IReadOnlyList<Assignment>> HoldersAsync(
        string identityProvider, ResourceType type, IReadOnlyCollection<string> accountIds, CancellationToken cancellationToken);

    /// <inheritdoc cref="ILedger.YieldAsync" />
    Task<bool> YieldAsync(Assignment holder, IReadOnlyDictionary<string, JsonNode> values, CancellationToken cancellationToken);
}
