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
    /// The plan that waits at an identity provider if it would take away just what is counted now, though something else changed since. It keeps
    /// its id, and a rejection holds. An approval was given for one revision only: with another one the plan waits again.
    /// </summary>
    /// <returns>Null if there is none, or another.</returns>
    public static HeldPlan? Like(HeldPlan? earlier, LossCount count, string revision)
    {
        if (earlier is null || earlier.Revision == revision)
            return earlier;
        if (earlier.IsCut || earlier.Lost != count.Lost || !Accounts(earlier.Losses).SetEquals(Accounts(count.Losses)))
            return null;
        return earlier.State == HeldPlanState.Approved ? earlier with { State = HeldPlanState.Held } : earlier;
    }

    /// <summary>Reads them anew: another host may have held one, or somebody may have decided there.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        foreach (var provider in configuration.Current.IdentityProviders)
            await RefreshAsync(provider.Name, cancellationToken);
    }

    /// <summary>Stores a plan, if the one that it replaces is still as it was read.</summary>
    /// <returns>False if another host held one meanwhile, or somebody decided: that one stays, and is known from here on.</returns>
    public async Task<bool> PutAsync(HeldPlan plan, CancellationToken cancellationToken) =>
        await ReplaceAsync(plan.IdentityProvider, plan.InPlaceOf, JsonSerializer.Serialize(plan, Json), cancellationToken);

    /// <summary>Removes a plan, if it is still as it was read.</summary>
    /// <inheritdoc cref="PutAsync" path="/returns" />
    public async Task<bool> RemoveAsync(HeldPlan plan, CancellationToken cancellationToken) =>
        await ReplaceAsync(plan.IdentityProvider, plan.InPlaceOf, null, cancellationToken);

    private async Task<bool> ReplaceAsync(string identityProvider, string? read, string? text, CancellationToken cancellationToken)
    {
        var replaced = await settings.ReplaceAsync(Key(identityProvider), read, text, cancellationToken);
        if (replaced)
            Remember(identityProvider, text);
        else
            await RefreshAsync(identityProvider, cancellationToken);
        return replaced;
    }

    private async Task RefreshAsync(string identityProvider, CancellationToken cancellationToken) =>
        Remember(identityProvider, await settings.GetAsync(Key(identityProvider), cancellationToken));

    private static HashSet<(string, string)> Accounts(IEnumerable<HeldLoss> losses) => [.. losses.Select(x => (x.ResourceId, x.Becomes))];

    private static string Key(string identityProvider) => $"held-plan/{identityProvider}";

    private void Remember(string identityProvider, string? text)
    {
        if (text is null || JsonSerializer.Deserialize<HeldPlan>(text, Json) is not { } plan)
            _known.TryRemove(identityProvider, out _);
        else
            _known[identityProvider] = new Known(plan with { InPlaceOf = text }, plan.Losses.Select(x => x.ResourceId).ToHashSet(StringComparer.Ordinal));
    }

    private sealed record Known(HeldPlan Plan, HashSet<string> Resources);
}
