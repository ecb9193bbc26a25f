using Microsoft.Extensions.Logging;
using Provisioning.Core.Configuration;
using Provisioning.Core.Deciding;
using Provisioning.Core.Ledger;
using Provisioning.Core.Pipeline;
using Provisioning.Core.Users;
using Provisioning.Host.Configuration;
using Provisioning.Storage;
using Provisioning.Xacml;

namespace Provisioning.Host.Replanning;

/// <summary>
/// Decides again about everybody when policies or configuration changed, on one host at a time. First it only counts what would be lost
/// at each identity provider; where that is more than its guard allows, losses are held for approval. Then it plans and stores what
/// differs, in small batches with its place noted, so that it neither stands in the way of other writes nor starts over after a crash.
/// </summary>
internal sealed partial class Replanner(
    Population population,
    ProvisioningPipeline pipeline,
    ConfigurationFolder configuration,
    PolicyFolder policies,
    HeldPlans held,
    ISettingsStore settings,
    PlannedRevision planned,
    WithdrawalPlans withdrawals,
    ReplanLease lease,
    TimeProvider time,
    ILogger<Replanner> logger)
{
    /// <summary>So many at a time are stored: whoever waits for a write waits for no more.</summary>
    private const int CommitSize = 50;

    /// <summary>Where nothing is stored, the place is noted only so often.</summary>
    private const int NoteAfter = 10;

    /// <summary>The configuration and the policies with which this host decides.</summary>
    public string Revision => $"{configuration.Current.Revision}/{PolicyRevision.Short(policies.Current.Revision)}";

    /// <summary>Plans everybody again at the next look, even if nothing changed.</summary>
    /// <param name="revision">With which a host must run to do it.</param>
    public Task ForgetAsync(string revision, CancellationToken cancellationToken) => planned.AskAsync(revision, cancellationToken);

    /// <summary>Has it known that this host decides with its revision, in case that it ends before it looks.</summary>
    public Task AnnounceAsync(CancellationToken cancellationToken) => planned.IsDoneAsync(Revision, cancellationToken);

    /// <summary>Policies or configuration changed: what is decided from now on is decided with them.</summary>
    public void Note() => planned.Ran(Revision);

    /// <summary>Does nothing if there is nothing to do, or if another host is at it.</summary>
    public async Task RunIfChangedAsync(CancellationToken cancellationToken)
    {
        await held.RefreshAsync(cancellationToken);
        var revision = Revision;
        var isDone = await planned.IsDoneAsync(revision, cancellationToken) && await withdrawals.AreShownAsync(revision, cancellationToken);
        if (isDone || !await lease.TryTakeAsync(cancellationToken))
            return;
        try
        {
            // It may have been another host's work until a moment ago.
            await held.RefreshAsync(cancellationToken);
            await withdrawals.ShowAsync(revision, cancellationToken);
            if (!await planned.IsDoneAsync(revision, cancellationToken))
                await RunAsync(revision, cancellationToken);
        }
        catch (ReplanLostException)
        {
            LogLost(revision);
        }
        catch (ReplanOvertakenException)
        {
            // The next look begins anew, also if it is with this revision: what was decided with the other in between may lie before its place.
            await ReplanProgress.ClearAsync(settings, cancellationToken);
            LogOvertaken(revision);
        }
        finally
        {
            await lease.ReleaseAsync();
        }
    }

    private async Task RunAsync(string revision, CancellationToken cancellationToken)
    {
        var progress = await ReplanProgress.LoadAsync(settings, cancellationToken);

        // What was approved after a replan began was left out of its first part.
        if (progress?.Revision != revision || planned.IsLate(revision) || await planned.IsAskedForAsync(revision, cancellationToken))
        {
            await HoldLossesAsync(revision, cancellationToken);
            await planned.BeginAsync(revision, cancellationToken);
            progress = new ReplanProgress(revision, Agreed: await planned.OthersHaveAsync(revision, cancellationToken));
            await progress.SaveAsync(settings, cancellationToken);
        }

        var approved = held.All.Where(x => x.State == HeldPlanState.Approved).Select(x => x.Id).ToHashSet(StringComparer.Ordinal);
        var (all, changed) = await ApplyAsync(progress, cancellationToken);
        await held.RefreshAsync(cancellationToken);
        foreach (var plan in held.All.Where(x => approved.Contains(x.Id)))
            await held.RemoveAsync(plan, cancellationToken);
        await ReplanProgress.ClearAsync(settings, cancellationToken);
        await planned.EndAsync(revision, progress.Agreed && await planned.OthersHaveAsync(revision, cancellationToken), cancellationToken);
        LogReplanned(revision, all, changed);
        await KeepApprovedAsync(revision, cancellationToken);
    }

    // Somebody may have approved a plan meanwhile, here or at another host, and asked for it before we said that all is planned.
    private async Task KeepApprovedAsync(string revision, CancellationToken cancellationToken)
    {
        await held.RefreshAsync(cancellationToken);
        if (held.All.Any(x => x.State == HeldPlanState.Approved && x.Revision == revision))
            await ForgetAsync(revision, cancellationToken);
    }

    private async Task HoldLossesAsync(string revision, CancellationToken cancellationToken)
    {
        var losses = new Dictionary<string, LossCount>(StringComparer.Ordinal);
        await foreach (var batch in population.PlanAsync(new ReplanProgress(revision), cancellationToken))
        {
            await lease.KeepAsync(cancellationToken);
            Count(batch.Plans, losses);
        }

        CheckStillCurrent(revision);
        await held.RefreshAsync(cancellationToken);
        foreach (var provider in configuration.Current.IdentityProviders)
        {
            // Somebody may decide about the plan that is there, or another one may be held, at this moment.
            while (!await TryHoldAsync(provider, losses.GetValueOrDefault(provider.Name) ?? new LossCount(), revision, cancellationToken))
                await lease.KeepAsync(cancellationToken);
        }
    }

    private async Task<bool> TryHoldAsync(IdentityProvider provider, LossCount count, string revision, CancellationToken cancellationToken)
    {
        // What was said about this very loss holds, and what waits for somebody keeps its name.
        var earlier = held.At(provider.Name);
        var same = HeldPlans.Like(earlier, count, revision);
        // An approval is for the accounts that were shown: if more would go by now, it is asked for again.
        if (same?.State == HeldPlanState.Approved && count.Lost > same.Lost)
            same = same with { State = HeldPlanState.Held };
        else if (same is { State: not HeldPlanState.Held } && same.Revision == revision)
            return true;
        if (!provider.Guard.Holds(count.Lost, count.All) && !count.AnyHeld)
            return earlier is null || await held.RemoveAsync(earlier, cancellationToken);

        var plan = new HeldPlan(
            same?.Id ?? HeldPlan.NewId(), provider.Name, revision, same?.Created ?? time.GetUtcNow(), count.Lost, count.All,
            same?.State ?? HeldPlanState.Held, count.Losses)
        {
            ByServiceProviders = !provider.Guard.Holds(count.Lost, count.All),
            InPlaceOf = earlier?.InPlaceOf,
        };
        if (!await held.PutAsync(plan, cancellationToken))
            return false;
        if (same is null)
            LogHeld(provider.Name, count.Lost, count.All, plan.Id);
        return true;
    }

    private async Task<(long Planned, long Changed)> ApplyAsync(ReplanProgress progress, CancellationToken cancellationToken)
    {
        var (all, changed, unnoted) = (0L, 0L, 0);
        await foreach (var batch in population.PlanAsync(progress, cancellationToken))
        {
            await lease.KeepAsync(cancellationToken);
            var stored = await CommitAsync(batch.Plans, batch.Decided, progress.Revision, cancellationToken);
            (all, changed) = (all + batch.Plans.Count, changed + stored);
            if (stored == 0 && ++unnoted < NoteAfter)
                continue;
            unnoted = 0;
            await batch.Progress.SaveAsync(settings, cancellationToken);
        }

        return (all, changed);
    }

    private async Task<int> CommitAsync(
        IReadOnlyList<UserPlan> plans, IReadOnlyCollection<DecidedUser> decided, string revision, CancellationToken cancellationToken)
    {
        var changed = plans.Where(x => x.Before is null || !x.Assignment.ChangesNothingOf(x.Before))
            .Select(AsAllowed).OfType<AssignmentPlan>().ToList();
        foreach (var some in changed.Chunk(CommitSize))
        {
            CheckStillCurrent(revision);
            try
            {
                await pipeline.CommitAsync(some, cancellationToken);
            }
            catch (VersionConflictException)
            {
                // Somebody changed meanwhile, maybe planned by what was valid before: again, and alone, so that it is rare.
                foreach (var (type, id) in some.Select(x => (x.ResourceType, x.ResourceId)).Distinct())
                {
                    var again = await population.PlanAsync(type, id, cancellationToken);
                    await CommitAsync(again, Population.DecidedIn(again), revision, cancellationToken);
                }
            }
        }

        // Behind the plans: the place is noted only after both.
        await pipeline.CommitAsync([], decided, cancellationToken);
        return changed.Count;
    }

    // While a withdrawal waits for approval, every other change reaches the account.
    private AssignmentPlan? AsAllowed(UserPlan plan)
    {
        var waiting = held.At(plan.Assignment.IdentityProvider);
        if (!plan.Withdraws || waiting?.State == HeldPlanState.Approved)
            return plan.Assignment with { Approved = waiting?.State == HeldPlanState.Approved };
        if (waiting is null && !plan.Before!.Held)
            return plan.Assignment;
        return plan.IfHeld is { } kept && !kept.ChangesNothingOf(plan.Before!) ? kept : null;
    }

    // Plans are made with what is valid at the moment. What a change in the middle would take away was not counted, so none of it is stored.
    private void CheckStillCurrent(string revision)
    {
        if (Revision != revision)
            throw new ReplanOvertakenException();
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

    [LoggerMessage(5101, LogLevel.Information, "planned everybody again with revision {Revision}: {Planned} assignments, {Changed} changed")]
    private partial void LogReplanned(string revision, long planned, long changed);

    [LoggerMessage(5102, LogLevel.Error, "held: the change would take {Lost} of {All} accounts away at '{IdentityProvider}'; nothing is taken away there until somebody says so: provisioning plans show {Plan}")]
    private partial void LogHeld(string identityProvider, long lost, long all, string plan);

    [LoggerMessage(5104, LogLevel.Information, "policies or configuration changed while everybody was planned again with revision {Revision}; it begins anew")]
    private partial void LogOvertaken(string revision);

    [LoggerMessage(5103, LogLevel.Warning, "another host goes on planning everybody again with revision {Revision}")]
    private partial void LogLost(string revision);
}
