using System.Runtime.CompilerServices;
using Provisioning.Connectors;
using Provisioning.Core.Pipeline;
using Provisioning.Core.Users;

namespace Provisioning.Host.Replanning;

/// <summary>Everybody and every group with what is planned for them now, as a stream: users first, then groups.</summary>
internal sealed class Population(IUserStore users, ProvisioningPipeline pipeline, GroupPipeline groups)
{
    private const int BatchSize = 100;

    /// <param name="from">Where to begin.</param>
    public async IAsyncEnumerable<PlannedBatch> PlanAsync(ReplanProgress from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var progress = from;
        while (progress.AfterGroup is null && await users.ListUsersAsync(progress.AfterUser, BatchSize, cancellationToken) is { Count: > 0 } batch)
        {
            progress = progress with { AfterUser = batch[^1].Id };
            yield return await PlanAsync(batch, x => pipeline.PlanAgainAsync(x, Trigger.Replan, cancellationToken), progress);
        }

        while (await users.ListGroupsAsync(progress.AfterGroup, BatchSize, cancellationToken) is { Count: > 0 } batch)
        {
            progress = progress with { AfterGroup = batch[^1].Id };
            yield return await PlanAsync(batch, x => groups.PlanAgainAsync(x, cancellationToken), progress);
        }
    }

    /// <summary>One of them as it is now; nothing if it is gone.</summary>
    public async Task<IReadOnlyList<UserPlan>> PlanAsync(ResourceType type, string id, CancellationToken cancellationToken)
    {
        if (type == ResourceType.Group)
            return await users.FindGroupAsync(id, cancellationToken) is { } group ? await groups.PlanAgainAsync(group, cancellationToken) : [];
        return await users.FindUserAsync(id, cancellationToken) is { } user ? await pipeline.PlanAgainAsync(user, Trigger.Replan, cancellationToken) : [];
    }

    private static async Task<PlannedBatch> PlanAsync<T>(IEnumerable<T> batch, Func<T, Task<IReadOnlyList<UserPlan>>> plan, ReplanProgress progress)
    {
        var plans = new List<UserPlan>();
        foreach (var one in batch)
            plans.AddRange(await plan(one));
        return new PlannedBatch(plans, progress);
    }
}
