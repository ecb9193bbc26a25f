using Microsoft.Extensions.Logging;
using Provisioning.Core.Configuration;
using Provisioning.Core.Ledger;
using Provisioning.Core.Pipeline;

namespace Provisioning.Host.Replanning;

/// <summary>
/// Guards the accounts that go because time passes. Where more would go at once than the guard of an identity provider allows, they are held for
/// approval, as after a change of policies.
/// </summary>
internal sealed partial class ClockLosses(
    ILedger ledger, IConfigurationSource configuration, HeldPlans held, TimeProvider time, ILogger<ClockLosses> logger)
{
    /// <summary>Whether the user loses an account that the guard of its identity provider counts.</summary>
    public bool Counts(UserPlans plans) => plans.Any(Counts);

    public void Add(UserPlans plans, Dictionary<string, LossCount> losses)
    {
        foreach (var plan in plans.Where(Counts))
        {
            if (!losses.TryGetValue(plan.Assignment.IdentityProvider, out var count))
                losses[plan.Assignment.IdentityProvider] = count = new LossCount();
            count.Add(plan);
        }
    }

    /// <summary>Holds the losses at each identity provider whose guard allows fewer. From then on the planner leaves those accounts alone.</summary>
    /// <param name="losses">All losses that were counted, by identity provider.</param>
    /// <param name="revision">With which this host decides.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task HoldAsync(Dictionary<string, LossCount> losses, string revision, CancellationToken cancellationToken)
    {
        foreach (var (name, count) in losses)
        {
            if (configuration.Current.FindIdentityProvider(name) is not { } provider || count.Lost <= provider.Guard.Count)
                continue;
            var all = await ledger.CountAccountsAsync(name, cancellationToken);
            if (!provider.Guard.Holds(count.Lost, all))
                continue;

            // Somebody may decide about the plan that is there, or another one may be held, at this moment.
            while (!await TryHoldAsync(name, count, all, revision, cancellationToken))
                cancellationToken.ThrowIfCancellationRequested();
        }
    }

    // The plan that is held there already keeps its losses: they were not counted again.
    private async Task<bool> TryHoldAsync(string identityProvider, LossCount count, long all, string revision, CancellationToken cancellationToken)
    {
        var earlier = held.At(identityProvider);
        var id = earlier is { State: HeldPlanState.Held } ? earlier.Id : HeldPlan.NewId();
        IReadOnlyList<HeldLoss> losses = [.. (earlier?.Losses ?? []).Concat(count.Losses).Take(HeldPlan.MostLosses)];
        var plan = new HeldPlan(id, identityProvider, revision, time.GetUtcNow(), count.Lost + (earlier?.Lost ?? 0), all, HeldPlanState.Held, losses)
        {
            InPlaceOf = earlier?.InPlaceOf,
        };
        if (!await held.PutAsync(plan, cancellationToken))
            return false;
        LogHeld(identityProvider, count.Lost, all, id);
        return true;
    }

    // Where somebody approved a plan, its accounts go, and the guard counts nothing.
    private bool Counts(UserPlan plan) =>
        plan.Withdraws
        && configuration.Current.FindIdentityProvider(plan.Assignment.IdentityProvider)?.Guard.Time == true
        && held.At(plan.Assignment.IdentityProvider)?.State != HeldPlanState.Approved;

    [LoggerMessage(5112, LogLevel.Error, "held: time passes, and {Lost} of {All} accounts would go at '{IdentityProvider}'; nothing of it is taken away until somebody says so: provisioning plans show {Plan}")]
    private partial void LogHeld(string identityProvider, long lost, long all, string plan);
}
