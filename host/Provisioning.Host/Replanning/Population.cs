using System.Runtime.CompilerServices;
using Provisioning.Connectors;
using Provisioning.Core.Ledger;
using Provisioning.Core.Pipeline;
using Provisioning.Core.Users;

namespace Provisioning.Host.Replanning;

/// <summary>
/// Everybody and every group with what is planned for them now, as a stream: users first, then groups, then what those left behind who were
/// deleted while an identity provider was away.
/// </summary>
internal sealed class Population(IUserStore users, ILedger ledger, ProvisioningPipeline pipeline, GroupPipeline groups)
{
    private const int BatchSize = 100;

    /// <param name="from">Where to begin.</param>
    public async IAsyncEnumerable<PlannedBatch> PlanAsync(ReplanProgress from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var progress = from;
        while (progress is { AfterGroup: null, AfterLeftBehind: null } && await users.ListUsersAsync(progress.AfterUser, BatchSize, cancellationToken) is { Count: > 0 } batch)
        {
            progress = progress with { AfterUser = batch[^1].Id };
            yield return await PlanAsync(batch, async x => await pipeline.PlanAgainAsync(x, new Occasion(Trigger.Replan), cancellationToken), progress);
        }

        while (progress.AfterLeftBehind is null && await users.ListGroupsAsync(null, progress.AfterGroup, BatchSize, cancellationToken) is { Count: > 0 } batch)
        {
            progress = progress with { AfterGroup = batch[^1].Id };
            yield return await PlanAsync(batch, x => groups.PlanAgainAsync(x, cancellationToken), progress);
        }

        while (await ledger.ListLeftBehindAsync(progress.AfterLeftBehind, cancellationToken) is { LastId: { } last } part)
        {
            progress = progress with { AfterLeftBehind = last };
            yield return new PlannedBatch([.. part.Assignments.SelectMany(PlanDeletion)], [], progress);
        }
    }

    /// <summary>One of them as it is now, or what it left behind.</summary>
    public async Task<IReadOnlyList<UserPlan>> PlanAsync(ResourceType type, string id, CancellationToken cancellationToken)
    {
        if (type == ResourceType.Group)
            return await users.FindGroupAsync(id, cancellationToken) is { } group
                ? await groups.PlanAgainAsync(group, cancellationToken)
                : await groups.PlanDeletionAsync(id, cancellationToken);
        return await users.FindUserAsync(id, cancellationToken) is { } user
            ? await pipeline.PlanAgainAsync(user, new Occasion(Trigger.Replan), cancellationToken)
            : await pipeline.PlanDeletionAsync(id, cancellationToken);
    }

    /// <summary>What is to be stored beside the plans of one user or group.</summary>
    public static IReadOnlyList<DecidedUser> DecidedIn(IReadOnlyList<UserPlan> plans) => (plans as UserPlans)?.Decided ?? [];

    private IReadOnlyList<UserPlan> PlanDeletion(Assignment leftBehind) =>
        leftBehind.ResourceType == ResourceType.Group ? groups.PlanDeletion(leftBehind) : pipeline.PlanDeletion(leftBehind);

    private static async Task<PlannedBatch> PlanAsync<T>(IEnumerable<T> batch, Func<T, Task<IReadOnlyList<UserPlan>>> plan, ReplanProgress progress)
    {
        var (plans, decided) = (new List<UserPlan>(), new List<DecidedUser>());
        foreach (var one in batch)
        {
            var planned = await plan(one);
            plans.AddRange(planned);
            decided.AddRange(DecidedIn(planned));
        }

        return new PlannedBatch(plans, decided, progress);
    }
}
