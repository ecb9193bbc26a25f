using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Core.Converging;
using Provisioning.Core.Ledger;

namespace Provisioning.Core.Tests;

/// <summary>What the ledger would know.</summary>
internal sealed class KnownAccounts : IAccountLookup
{
    public Dictionary<string, string> Ids { get; } = [];

    /// <summary>The database is away.</summary>
    public Exception? Fault { get; set; }

    public Assignment? Holder { get; set; }

    public Task<IReadOnlyDictionary<string, string>> AccountIdsAsync(
        string identityProvider, IReadOnlyCollection<string> userIds, CancellationToken cancellationToken) =>
        Fault is not null
            ? LedgerFault.NamedAsync(Task.FromException<IReadOnlyDictionary<string, string>>(Fault))
            : Task.FromResult<IReadOnlyDictionary<string, string>>(Ids.Where(x => userIds.Contains(x.Key)).ToDictionary());

    public List<(Assignment Holder, IReadOnlyDictionary<string, JsonNode> Values)> Yielded { get; } = [];

    public bool HolderIsLiving { get; set; }

    public Task<LinkOutcome> LinkAsync(Assignment assignment, string accountId, CancellationToken cancellationToken)
    {
        var living = HolderIsLiving || Holder is { Desired: DesiredState.Present };
        return Task.FromResult(
            Holder is not null && (living || Holder.Lease is not null) ? new LinkOutcome(Holder, living, null) : new LinkOutcome(null, false, Holder));
    }

    public Task<IReadOnlyList<Assignment>> HoldersAsync(
        string identityProvider, ResourceType type, IReadOnlyCollection<string> accountIds, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Assignment>>(Holder is not null && accountIds.Contains(Holder.AccountId) ? [Holder] : []);

    public Task<bool> YieldAsync(Assignment holder, IReadOnlyDictionary<string, JsonNode> values, CancellationToken cancellationToken)
    {
        if (HolderIsLiving || holder.Desired == DesiredState.Present)
            return Task.FromResult(false);
        Yielded.Add((holder, values));
        return Task.FromResult(true);
    }
}
