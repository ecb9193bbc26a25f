using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Deciding;
using Provisioning.Core.Ledger;
using Provisioning.Core.Users;

namespace Provisioning.Core.Pipeline;

/// <summary>The flow for groups: the group itself where it is provisioned, and new decisions about everybody who joined or left.</summary>
public sealed class GroupPipeline(
    IUserStore users, ILedger ledger, IConfigurationSource configuration, GroupPlanner planner, WithdrawalLimits limits, ProvisioningPipeline pipeline, IWakeUp wakeUp)
{
    private const int Batch = 200;

    /// <exception cref="DuplicateNameException" />
    /// <exception cref="VersionConflictException" />
    /// <exception cref="UnknownMemberException" />
    /// <exception cref="NestingException" />
    public async Task SubmitAsync(Group group, WriteKind kind, CancellationToken cancellationToken)
    {
        group = kind == WriteKind.Delete ? group : await WithInheritedAsync(group, cancellationToken);
        var before = kind == WriteKind.Insert ? null : await users.FindGroupAsync(group.Id, cancellationToken);
        var existing = before is null ? [] : await ledger.AssignmentsOfAsync(ResourceType.Group, group.Id, cancellationToken);
        var plans = planner.Plan(group, existing, configuration.Current, kind == WriteKind.Delete);
        var committed = await ledger.CommitGroupAsync(
            group, kind, ofOwnUsers: !Authority.IsTrusted(group.ServiceProvider, configuration.Current), plans, cancellationToken);
        foreach (var assignment in committed.Where(x => x.Status == AssignmentStatus.Pending))
            wakeUp.Wake(assignment.IdentityProvider);
        if (kind == WriteKind.Delete)
            await WithdrawLeftBehindAsync(group.Id, cancellationToken);

        await ReplanMembersAsync(before, group, kind, cancellationToken);
    }

    /// <summary>Lets users join and leave a group without reading its other members, where that is possible.</summary>
    /// <param name="group">The group.</param>
    /// <param name="isExpected">The group must be as it is there; otherwise any version will do.</param>
    /// <param name="change">Who joins and who leaves.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Null where the group is provisioned: what its accounts should be is made of all members.</returns>
    /// <exception cref="VersionConflictException" />
    /// <exception cref="UnknownMemberException" />
    public async Task<GroupHead?> TryChangeMembersAsync(GroupHead group, bool isExpected, MemberChange change, CancellationToken cancellationToken)
    {
        var current = configuration.Current;
        if (current.IdentityProviders.Any(x => GroupPlanner.Wants(x, group, current))
            || await ledger.CommitMembersAsync(
                group.Id, isExpected ? group.Version : null, change, ofOwnUsers: !Authority.IsTrusted(group.ServiceProvider, current), cancellationToken) is not var (changed, affected))
            return null;
        foreach (var batch in affected.Chunk(Batch))
            await ReplanAsync(batch, cancellationToken);
        return changed;
    }

    /// <summary>Plans one stored group again, because the configuration changed.</summary>
    public async Task<IReadOnlyList<UserPlan>> PlanAgainAsync(Group group, CancellationToken cancellationToken)
    {
        var existing = await ledger.AssignmentsOfAsync(ResourceType.Group, group.Id, cancellationToken);
        var plans = planner.Plan(group, existing, configuration.Current, delete: false);
        return [.. plans.Select(x => new UserPlan(x, null, existing.FirstOrDefault(y => y.IdentityProvider == x.IdentityProvider)))];
    }

    /// <summary>Plans for what a group that does not exist any more left behind.</summary>
    public IReadOnlyList<UserPlan> PlanDeletion(Assignment leftBehind) =>
        [.. planner.PlanDeletion(leftBehind, configuration.Current).Select(x => new UserPlan(x, null, leftBehind))];

    /// <inheritdoc cref="PlanDeletion" />
    public async Task<IReadOnlyList<UserPlan>> PlanDeletionAsync(string groupId, CancellationToken cancellationToken)
    {
        var existing = await ledger.AssignmentsOfAsync(ResourceType.Group, groupId, cancellationToken);
        return [.. existing.Where(x => x.Desired == DesiredState.Present).SelectMany(PlanDeletion)];
    }

    /// <summary>Decides again about those whose groups changed and about whom nobody did since: who changed the group may have died.</summary>
    public async Task ReplanRegroupedAsync(CancellationToken cancellationToken)
    {
        for (string? after = null; await users.ListRegroupedAsync(after, Batch, cancellationToken) is { Count: > 0 } batch; after = batch[^1].Id)
            await ReplanAsync([.. batch.Select(x => x.Id)], cancellationToken);
    }

    // Members through groups in the group; whether these changed meanwhile is seen when the group is stored.
    private async Task<Group> WithInheritedAsync(Group group, CancellationToken cancellationToken)
    {
        if (group.Groups.Count > NestingException.MostContained)
            throw NestingException.TooManyIn(group.Id);
        var inherited = new HashSet<string>(StringComparer.Ordinal);
        var versions = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var id in group.Groups)
        {
            if (await users.FindGroupAsync(id, cancellationToken) is not { } contained || contained.ServiceProvider != group.ServiceProvider)
                throw new UnknownMemberException(id);
            versions[id] = contained.Version;
            inherited.UnionWith(contained.AllMembers);
        }

        inherited.ExceptWith(group.Members);
        return group with { Inherited = [.. inherited], RestsOn = versions };
    }

    // Somebody may have planned for the group while the deletion was planned.
    private async Task WithdrawLeftBehindAsync(string groupId, CancellationToken cancellationToken)
    {
        try
        {
            var plans = await PlanDeletionAsync(groupId, cancellationToken);
            await pipeline.CommitAsync([.. plans.Select(x => x.Assignment)], cancellationToken);
        }
        catch (VersionConflictException)
        {
            // It came back, and was planned then.
        }
    }

    private async Task ReplanMembersAsync(Group? before, Group after, WriteKind kind, CancellationToken cancellationToken)
    {
        var old = before?.AllMembers ?? [];
        var now = kind == WriteKind.Delete ? [] : after.AllMembers;
        var renamed = before is not null && before.DisplayName != after.DisplayName;
        var affected = renamed ? old.Union(now) : old.Except(now).Union(now.Except(old));
        foreach (var batch in affected.Chunk(Batch))
            await ReplanAsync(batch, cancellationToken);
    }

    private async Task ReplanAsync(IReadOnlyList<string> userIds, CancellationToken cancellationToken)
    {
        try
        {
            var valid = pipeline.Valid;
            var planned = await PlanOnceAsync(userIds, cancellationToken);
            if (valid == pipeline.Valid)
                await ledger.PlannedAsync(planned, cancellationToken);
            else
                await ReplanAsync(userIds, cancellationToken);
        }
        catch (VersionConflictException)
        {
            // One of them changed meanwhile, maybe planned without knowing of the group: again, and alone, so that it is rare.
            foreach (var id in userIds)
                await ReplanAsync([id], cancellationToken);
        }
    }

    private async Task<List<User>> PlanOnceAsync(IReadOnlyList<string> userIds, CancellationToken cancellationToken)
    {
        var (plans, planned, decided) = (new List<UserPlan>(), new List<User>(), new List<DecidedUser>());
        foreach (var id in userIds)
            if (await users.FindUserAsync(id, cancellationToken) is { } user)
            {
                var now = await pipeline.PlanAgainAsync(user, new Occasion(Trigger.Inbound), cancellationToken);
                plans.AddRange(now);
                decided.AddRange(now.Decided);
                planned.Add(user);
            }

        var guarded = await limits.GuardAsync(plans, configuration.Current, cancellationToken);
        await pipeline.CommitAsync([.. guarded.Select(x => x.Assignment)], decided, cancellationToken);
        return planned;
    }
}
