using Microsoft.Extensions.Logging;
using Provisioning.Core.Ledger;
using Provisioning.Core.Pipeline;
using Provisioning.Core.Users;
using Provisioning.Host.Configuration;
using Provisioning.Storage;
using Provisioning.Xacml;

namespace Provisioning.Host.Composition;

/// <summary>
/// Decides again about everybody when policies or configuration changed: streamed in batches, resumable because every batch is
/// idempotent and the new revision is noted only at the end. Losing access is guarded: a replan that would take away more than
/// the guard allows takes nothing away and says so.
/// </summary>
internal sealed partial class Replanner(
    IUserStore users,
    ProvisioningPipeline pipeline,
    ConfigurationFolder configuration,
    PolicyFolder policies,
    ISettingsStore settings,
    ILogger<Replanner> logger)
{
    private const string RevisionKey = "planned-revision";
    private const int BatchSize = 200;

    /// <summary>Fewer losses than this at one identity provider pass without being asked about.</summary>
    private const int GuardCount = 10;

    /// <summary>And so do more, while they stay below this part of its accounts.</summary>
    private const double GuardFraction = 0.1;

    public async Task RunIfChangedAsync(CancellationToken cancellationToken)
    {
        var revision = $"{configuration.Current.Revision}/{policies.Current.Revision}";
        if (await settings.GetAsync(RevisionKey, cancellationToken) == revision)
            return;
        var held = await HeldProvidersAsync(cancellationToken);
        long planned = 0;
        await foreach (var plans in PlansAsync(cancellationToken))
        {
            var allowed = plans.Where(x => x.Desired == DesiredState.Present || !held.Contains(x.IdentityProvider)).ToList();
            await pipeline.CommitAsync(allowed, cancellationToken);
            planned += allowed.Count;
        }

        if (held.Count == 0)
            await settings.SetAsync(RevisionKey, revision, cancellationToken);
        LogReplanned(revision, planned);
    }

    private async Task<HashSet<string>> HeldProvidersAsync(CancellationToken cancellationToken)
    {
        var losses = new Dictionary<string, (int Lost, int All)>(StringComparer.Ordinal);
        await foreach (var plans in PlansAsync(cancellationToken))
            foreach (var plan in plans)
            {
                var (lost, all) = losses.GetValueOrDefault(plan.IdentityProvider);
                losses[plan.IdentityProvider] = (lost + (plan.Desired == DesiredState.Present ? 0 : 1), all + 1);
            }

        var held = losses.Where(x => x.Value.Lost > GuardCount && x.Value.Lost > x.Value.All * GuardFraction).ToList();
        foreach (var (name, (lost, all)) in held)
            LogHeld(name, lost, all);
        return [.. held.Select(x => x.Key)];
    }

    private async IAsyncEnumerable<IReadOnlyList<AssignmentPlan>> PlansAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? after = null;
        while (await users.ListUsersAsync(after, BatchSize, cancellationToken) is { Count: > 0 } batch)
        {
            var plans = new List<AssignmentPlan>();
            foreach (var user in batch)
                plans.AddRange((await pipeline.PlanAgainAsync(user, cancellationToken)).Select(x => x.Assignment));
            yield return plans;
            after = batch[^1].Id;
        }
    }

    [LoggerMessage(5101, LogLevel.Information, "replanned everybody for revision {Revision}: {Count} assignments looked at")]
    private partial void LogReplanned(string revision, long count);

    [LoggerMessage(5102, LogLevel.Error, "held: the change would take {Lost} of {All} accounts away at {IdentityProvider}; nothing was taken away there. Correct the change, or remove the users on purpose")]
    private partial void LogHeld(string identityProvider, int lost, int all);
}
