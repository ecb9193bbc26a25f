using Microsoft.Extensions.Logging;
using Provisioning.Core.Ledger;

namespace Provisioning.Host.Replanning;

/// <summary>Shows as plans what service providers took away too fast. The accounts themselves were held when that was stored.</summary>
internal sealed partial class WithdrawalPlans(ILedger ledger, HeldPlans held, TimeProvider time, ILogger<WithdrawalPlans> logger)
{
    /// <summary>Whether there is nothing to show, and nothing to take back.</summary>
    public async Task<bool> AreShownAsync(string revision, CancellationToken cancellationToken)
    {
        var counts = await ledger.CountHeldAsync(cancellationToken);
        return !Over(counts).Any() && (await MissingAsync(counts, revision, cancellationToken)).Count == 0;
    }

    /// <summary>Brings the plans up to date; one host at a time does it. A plan that an operator approves or rejects at this moment is brought up to date at the next look.</summary>
    public async Task ShowAsync(string revision, CancellationToken cancellationToken)
    {
        var counts = await ledger.CountHeldAsync(cancellationToken);
        foreach (var over in Over(counts))
            await held.RemoveAsync(over, cancellationToken);
        foreach (var (earlier, plan) in await MissingAsync(counts, revision, cancellationToken))
            if (await held.PutAsync(plan, cancellationToken) && plan.Id != earlier?.Id)
                LogWithdrawals(plan.IdentityProvider, counts[plan.IdentityProvider], plan.Id);
    }

    private IEnumerable<HeldPlan> Over(IReadOnlyDictionary<string, long> counts) =>
        held.All.Where(x => x is { ByServiceProviders: true, State: not HeldPlanState.Approved } && !counts.ContainsKey(x.IdentityProvider));

    private async Task<IReadOnlyList<(HeldPlan? Earlier, HeldPlan Plan)>> MissingAsync(
        IReadOnlyDictionary<string, long> counts, string revision, CancellationToken cancellationToken)
    {
        var missing = new List<(HeldPlan?, HeldPlan)>();
        foreach (var (name, count) in counts)
        {
            var earlier = held.At(name);

            // An approved plan is carried out, and takes these withdrawals with it. The losses of a plan that waits are counted again before it is carried out.
            if (earlier is { State: HeldPlanState.Approved } or { State: HeldPlanState.Held, ByServiceProviders: false })
                continue;
            var losses = await ListAsync(name, cancellationToken);
            if (Shows(earlier, losses, count))
                continue;
            missing.Add((earlier, earlier is { ByServiceProviders: false }
                ? Merged(earlier, losses, count, revision) : await PlanAsync(name, earlier, losses, count, revision, cancellationToken)));
        }

        return missing;
    }

    private async Task<IReadOnlyList<HeldLoss>> ListAsync(string identityProvider, CancellationToken cancellationToken) =>
    [
        .. (await ledger.ListHeldAsync(identityProvider, HeldPlan.MostLosses, cancellationToken))
            .Select(x => new HeldLoss(x.ResourceId, x.ResourceName, "withdrawn", $"'{x.ServiceProvider}' took too many accounts away within a short time")),
    ];

    // A plan that was rejected for another reason lists more than withdrawals, and lists those first that service providers took away.
    private static bool Shows(HeldPlan? plan, IReadOnlyList<HeldLoss> losses, long count) =>
        plan is not null && Others(losses, plan.Losses).Count == 0 && (!plan.ByServiceProviders || plan.Lost == count);

    private async Task<HeldPlan> PlanAsync(
        string name, HeldPlan? earlier, IReadOnlyList<HeldLoss> losses, long count, string revision, CancellationToken cancellationToken)
    {
        var all = await ledger.CountAccountsAsync(name, cancellationToken);

        // Where accounts were only given back, what was said about the rest holds.
        if (earlier is not null && Others(losses, earlier.Losses).Count == 0)
            return earlier with { Lost = count, All = all, Losses = losses };
        return new HeldPlan(
            earlier?.Id ?? HeldPlan.NewId(), name, revision, earlier?.Created ?? time.GetUtcNow(), count, all, HeldPlanState.Held, losses)
        {
            ByServiceProviders = true,
            InPlaceOf = earlier?.InPlaceOf,
        };
    }

    // The accounts of a rejected plan stay held, also when service providers give their accounts back. So one plan asks about the accounts of both.
    private HeldPlan Merged(HeldPlan rejected, IReadOnlyList<HeldLoss> losses, long count, string revision)
    {
        var both = losses.Count - Others(losses, rejected.Losses).Count;
        return rejected with
        {
            Id = HeldPlan.NewId(),
            Revision = revision,
            Created = time.GetUtcNow(),
            Lost = rejected.Lost + count - both,
            State = HeldPlanState.Held,
            Losses = [.. losses.Concat(Others(rejected.Losses, losses)).Take(HeldPlan.MostLosses)],
        };
    }

    private static IReadOnlyList<HeldLoss> Others(IReadOnlyList<HeldLoss> losses, IReadOnlyList<HeldLoss> known) =>
        [.. losses.ExceptBy(known.Select(x => x.ResourceId), x => x.ResourceId, StringComparer.Ordinal)];

    [LoggerMessage(5105, LogLevel.Error, "held: {Lost} accounts at '{IdentityProvider}' that service providers took away within a short time stay until somebody approves: provisioning plans show {Plan}")]
    private partial void LogWithdrawals(string identityProvider, long lost, string plan);
}
