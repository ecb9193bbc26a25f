using Provisioning.Core.Converging;
using Provisioning.Core.Ledger;

namespace Provisioning.Core.Tests;

/// <summary>What the ledger would know.</summary>
internal sealed class KnownAccounts : IAccountLookup
{
    public Dictionary<string, string> Ids { get; } = [];

    public Assignment? Holder { get; set; }

    public Task<IReadOnlyDictionary<string, string>> AccountIdsAsync(
        string identityProvider, IReadOnlyCollection<string> userIds, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, string>>(Ids.Where(x => userIds.Contains(x.Key)).ToDictionary());

    public Task<Assignment?> LinkAsync(Assignment assignment, string accountId, CancellationToken cancellationToken) =>
        Task.FromResult(Holder is { Desired: DesiredState.Present } or { LeaseOwner: not null } ? Holder : null);
}
