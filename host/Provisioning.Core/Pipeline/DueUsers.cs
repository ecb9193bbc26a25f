using Provisioning.Core.Users;

namespace Provisioning.Core.Pipeline;

/// <summary>
/// Decides again about users when the moment has come until which their last decision held. The new moment is stored with the plans: a host
/// that dies in between leaves the user due.
/// </summary>
public sealed class DueUsers(IUserStore users, ProvisioningPipeline pipeline)
{
    private const int Batch = 50;

    public async Task<bool> AnyAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        (await users.ListDueAsync(now, null, 1, cancellationToken)).Count > 0;

    /// <param name="now">Users who are due at this moment are decided about.</param>
    /// <param name="waits">Whether the plans of a user have to wait. Nothing of them is stored then, and the user stays due.</param>
    /// <param name="waiting">Called with the plans that wait, once for each user.</param>
    /// <param name="begin">Called before each part of the work.</param>
    /// <param name="cancellationToken">Ends it after the part that is under way.</param>
    /// <returns>How many users were decided about.</returns>
    public async Task<long> DecideAsync(
        DateTimeOffset now, Predicate<UserPlans> waits, Action<UserPlans> waiting, Func<Task> begin, CancellationToken cancellationToken)
    {
        var decided = 0L;
        for (User? last = null; await users.ListDueAsync(now, last, Batch, cancellationToken) is { Count: > 0 } batch; last = batch[^1])
        {
            await begin();
            var left = await DecideAsync(batch, waits, cancellationToken);
            left.ForEach(waiting);
            decided += batch.Count - left.Count;
        }

        return decided;
    }

    private async Task<List<UserPlans>> DecideAsync(IReadOnlyList<User> batch, Predicate<UserPlans> waits, CancellationToken cancellationToken)
    {
        while (true)
        {
            var valid = pipeline.Valid;
            var plans = new List<UserPlans>();
            foreach (var user in batch)
                plans.Add(await pipeline.PlanAgainAsync(user, new Occasion(Trigger.Clock), cancellationToken));
            await CommitAsync(plans.FindAll(x => !waits(x)), cancellationToken);

            // The replan may have passed these users before their plans were stored.
            if (valid == pipeline.Valid)
                return plans.FindAll(waits);
        }
    }

    private async Task CommitAsync(List<UserPlans> plans, CancellationToken cancellationToken)
    {
        try
        {
            var changed = plans.SelectMany(x => x).Where(x => x.Before is null || !x.Assignment.ChangesNothingOf(x.Before)).Select(x => x.Assignment);
            await pipeline.CommitAsync([.. changed], [.. plans.SelectMany(x => x.Decided)], cancellationToken);
        }
        catch (VersionConflictException) when (plans.Count > 1)
        {
            foreach (var one in plans)
                await CommitAsync([one], cancellationToken);
        }
        catch (VersionConflictException)
        {
            // Whoever changed this user has decided later, and said until when that holds.
        }
    }
}
