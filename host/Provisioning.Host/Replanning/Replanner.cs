using Microsoft.Extensions.Logging;
using Provisioning.Core.Configuration;
using Provisioning.Core.Deciding;
using Provisioning.Core.Pipeline;
using Provisioning.Core.Users;
using Provisioning.Host.Configuration;
using Provisioning.Storage;
using Provisioning.Xacml;

namespace Provisioning.Host.Replanning;

/// <summary>
/// Decides again about everybody when policies or configuration changed. First it only counts what would be lost at each identity
/// provider; where that is more than its guard allows, losses are held for approval. Then it plans, in small batches with its place
/// noted after each, so that it neither stands in the way of other writes nor starts over after a crash.
/// </summary>
internal sealed partial class Replanner(
    IUserStore users,
    ProvisioningPipeline pipeline,
    GroupPipeline groups,
    ConfigurationFolder configuration,
    PolicyFolder policies,
    HeldPlans held,
    ISettingsStore settings,
    TimeProvider time,
    ILogger<Replanner> logger)
{
    private const string PlannedKey = "planned-revision";
    private const int BatchSize = 100;

    private string Revision => $"{configuration.Current.Revision}/{PolicyRevision.Short(policies.Current.Revision)}";

    /// <summary>Plans everybody again at the next look, even if nothing changed.</summary>
    public Task ForgetAsync(CancellationToken cancellationToken) => settings.SetAsync(PlannedKey, null, cancellationToken);

    public async Task RunIfChangedAsync(CancellationToken cancellationToken)
    {
        await held.RefreshAsync(cancellationToken);
        var revision = Revision;
        if (await settings.GetAsync(PlannedKey, cancellationToken) == revision)
            return;
        var progress = await ReplanProgress.LoadAsync(settings, cancellationToken);
        if (progress?.Revision != revision)
        {
            await HoldLossesAsync(revision, cancellationToken);
            progress = new ReplanProgress(revision);
            await progress.SaveAsync(settings, cancellationToken);
        }

        var planned = await ApplyAsync(progress, cancellationToken);
        foreach (var plan in held.All.Where(x => x.State == HeldPlanState.Approved))
            await held.RemoveAsync(plan.IdentityProvider, cancellationToken);
        await settings.SetAsync(PlannedKey, revision, cancellationToken);
        await ReplanProgress.ClearAsync(settings, cancellationToken);
        LogReplanned(revision, planned);
    }

    private async Task HoldLossesAsync(string revision, CancellationToken cancellationToken)
    {
        var losses = new Dictionary<string, LossCount>(StringComparer.Ordinal);
        await foreach (var (_, plans) in UsersAsync(null, cancellationToken))
            Count(plans, losses);
        await foreach (var (_, plans) in GroupsAsync(null, cancellationToken))
            Count(plans, losses);
        foreach (var provider in configuration.Current.IdentityProviders)
            await HoldAsync(provider, losses.GetValueOrDefault(provider.Name) ?? new LossCount(), revision, cancellationToken);
    }

    private async Task HoldAsync(IdentityProvider provider, LossCount count, string revision, CancellationToken cancellationToken)
    {
        // What was said about this very revision holds.
        if (held.At(provider.Name) is { State: not HeldPlanState.Held } decided && decided.Revision == revision)
            return;
        if (!provider.Guard.Holds(count.Lost, count.All))
        {
            await held.RemoveAsync(provider.Name, cancellationToken);
            return;
        }

        var plan = new HeldPlan(
            Guid.CreateVersion7().ToString("n")[^8..], provider.Name, revision, time.GetUtcNow(), count.Lost, count.All, HeldPlanState.Held, count.Losses);
        await held.PutAsync(plan, cancellationToken);
        LogHeld(provider.Name, count.Lost, count.All, plan.Id);
    }

    private async Task<long> ApplyAsync(ReplanProgress progress, CancellationToken cancellationToken)
    {
        long planned = 0;
        if (progress.AfterGroup is null)
        {
            await foreach (var (last, plans) in UsersAsync(progress.AfterUser, cancellationToken))
            {
                planned += await CommitAsync(plans, cancellationToken);
                progress = progress with { AfterUser = last };
                await progress.SaveAsync(settings, cancellationToken);
            }
        }

        await foreach (var (last, plans) in GroupsAsync(progress.AfterGroup, cancellationToken))
        {
            planned += await CommitAsync(plans, cancellationToken);
            progress = progress with { AfterGroup = last };
            await progress.SaveAsync(settings, cancellationToken);
        }

        return planned;
    }

    private async Task<int> CommitAsync(IReadOnlyList<UserPlan> plans, CancellationToken cancellationToken)
    {
        var allowed = plans.Where(x => !LossCount.IsLoss(x) || held.At(x.Assignment.IdentityProvider) is null or { State: HeldPlanState.Approved })
            .Select(x => x.Assignment).ToList();
        await pipeline.CommitAsync(allowed, cancellationToken);
        return allowed.Count;
    }

    private static void Count(IEnumerable<UserPlan> plans, Dictionary<string, LossCount> losses)
    {
        foreach (var plan in plans)
        {
            if (!losses.TryGetValue(plan.Assignment.IdentityProvider, out var count))
                losses[plan.Assignment.IdentityProvider] = count = new LossCount();
            count.Add(plan);
        }
    }

    private async IAsyncEnumerable<(string Last, IReadOnlyList<UserPlan> Plans)> UsersAsync(
        string? after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await users.ListUsersAsync(after, BatchSize, cancellationToken) is { Count: > 0 } batch)
        {
            var plans = new List<UserPlan>();
            foreach (var user in batch)
                plans.AddRange(await pipeline.PlanAgainAsync(user, Trigger.Replan, cancellationToken));
            after = batch[^1].Id;
            yield return (after, plans);
        }
    }

    private async IAsyncEnumerable<(string Last, IReadOnlyList<UserPlan> Plans)> GroupsAsync(
        string? after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await users.ListGroupsAsync(after, BatchSize, cancellationToken) is { Count: > 0 } batch)
        {
            var plans = new List<UserPlan>();
            foreach (var group in batch)
                plans.AddRange(await groups.PlanAgainAsync(group, cancellationToken));
            after = batch[^1].Id;
            yield return (after, plans);
        }
    }

    [LoggerMessage(5101, LogLevel.Information, "planned everybody again with revision {Revision}: {Count} assignments")]
    private partial void LogReplanned(string revision, long count);

    [LoggerMessage(5102, LogLevel.Error, "held: the change would take {Lost} of {All} accounts away at '{IdentityProvider}'; nothing is taken away there until somebody says so: provisioning plans show {Plan}")]
    private partial void LogHeld(string identityProvider, long lost, long all, string plan);
}
