using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using Provisioning.Core.Configuration;
using Provisioning.Core.Pipeline;
using Provisioning.Storage;

namespace Provisioning.Host.Replanning;

/// <summary>The plans that wait, one for each identity provider at most; kept in the database, with a copy in memory for every decision.</summary>
internal sealed class HeldPlans(ISettingsStore settings, IConfigurationSource configuration) : IHeldWithdrawals
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    public IReadOnlyList<HeldPlan> All => [.. _known.Values.Select(x => x.Plan).OrderBy(x => x.Created)];

    public HeldPlan? At(string identityProvider) => _known.GetValueOrDefault(identityProvider)?.Plan;

    public bool Holds(string identityProvider, string resourceId) =>
        _known.TryGetValue(identityProvider, out var known)
        && known.Plan.State != HeldPlanState.Approved
        && (known.Plan.IsCut || known.Resources.Contains(resourceId));

    /// <summary>
    /// The plan that waits at an identity provider and would take away just what is counted now, though something else changed since. It keeps
    /// its id, and a rejection holds. An approval was given for one revision only: with another one the plan waits again.
    /// </summary>
    /// <returns>Null if there is none, or another.</returns>
    public HeldPlan? Like(string identityProvider, LossCount count, string revision)
    {
        if (At(identityProvider) is not { } earlier || earlier.Revision == revision)
            return At(identityProvider);
        if (earlier.IsCut || earlier.Lost != count.Lost || !Accounts(earlier.Losses).SetEquals(Accounts(count.Losses)))
            return null;
        return earlier.State == HeldPlanState.Approved ? earlier with { State = HeldPlanState.Held } : earlier;
    }

    /// <summary>Reads them anew: another host may have held one, or somebody may have decided there.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        foreach (var provider in configuration.Current.IdentityProviders)
        {
            var text = await settings.GetAsync(Key(provider.Name), cancellationToken);
            Remember(provider.Name, text is null ? null : JsonSerializer.Deserialize<HeldPlan>(text, Json));
        }
    }

    public async Task PutAsync(HeldPlan plan, CancellationToken cancellationToken)
    {
        await settings.SetAsync(Key(plan.IdentityProvider), JsonSerializer.Serialize(plan, Json), cancellationToken);
        Remember(plan.IdentityProvider, plan);
    }

    public async Task RemoveAsync(string identityProvider, CancellationToken cancellationToken)
    {
        if (At(identityProvider) is null)
            return;
        await settings.SetAsync(Key(identityProvider), null, cancellationToken);
        Remember(identityProvider, null);
    }

    private static HashSet<(string, string)> Accounts(IEnumerable<HeldLoss> losses) => [.. losses.Select(x => (x.ResourceId, x.Becomes))];

    private static string Key(string identityProvider) => $"held-plan/{identityProvider}";

    private void Remember(string identityProvider, HeldPlan? plan)
    {
        if (plan is null)
            _known.TryRemove(identityProvider, out _);
        else
            _known[identityProvider] = new Known(plan, plan.Losses.Select(x => x.ResourceId).ToHashSet(StringComparer.Ordinal));
    }

    private sealed record Known(HeldPlan Plan, HashSet<string> Resources);
}
