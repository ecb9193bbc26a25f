using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Ledger;

namespace Provisioning.Core.Converging;

/// <summary>
/// The steps of one attempt on a group: its attributes and, relatively, its members. A member without an account yet is left out; the
/// ledger wakes the group when that account appears.
/// </summary>
internal sealed class GroupConvergence(AttemptContext attempt, NameContest names) : IResourceConvergence
{
    private const int AddedUnseen = 500;

    private ConvergeState State => attempt.State;

    private IManageGroups Groups => attempt.Require<IManageGroups>("manage");

    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        var desired = attempt.DesiredAttributes();
        var members = await DesiredMembersAsync(cancellationToken);
        var all = With(desired, members);
        await attempt.BeginAsync(ConnectorOperation.Create, cancellationToken);
        State.Sends(all);
        var group = await Groups.CreateGroupAsync(new NewAccount(attempt.Assignment.ResourceId, desired), members, attempt.Operation, cancellationToken);
        State.AccountId = group.Id;
        State.Apply(AppliedState.Present, all);
    }

    public async Task UpdateAsync(CancellationToken cancellationToken)
    {
        var desired = attempt.DesiredAttributes();
        var members = await DesiredMembersAsync(cancellationToken);
        var all = With(desired, members);
        var changes = AttributeDiff.Compute(attempt.Known(desired), desired);
        var membership = await MembershipAsync(members, cancellationToken);
        if (changes.Count > 0 || State.IsUnmarked || membership.Add.Count > 0 || membership.Remove.Count > 0)
            await SendAsync(changes.Count > 0 || State.IsUnmarked ? attempt.Delta(changes, desired) : null, membership, all, cancellationToken);
        State.Apply(AppliedState.Present, all);
    }

    // A group has no disabled state: a group that is no longer assigned is deleted.
    public Task DisableAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task DeleteAsync(string accountId, CancellationToken cancellationToken)
    {
        await attempt.BeginAsync(ConnectorOperation.Delete, cancellationToken);
        await Groups.DeleteGroupAsync(accountId, attempt.Operation, cancellationToken);
    }

    private async Task SendAsync(AccountDelta? delta, MembershipDelta membership, JsonObject all, CancellationToken cancellationToken)
    {
        try
        {
            await SendOnceAsync(delta, membership, all, cancellationToken);
        }
        catch (ConnectorException conflict) when (conflict.Kind == FailureKind.Conflict && delta is not null)
        {
            throw await names.ResolveAsync(conflict, x => GiveUpAsync(x, cancellationToken), cancellationToken);
        }
    }

    private async Task SendOnceAsync(AccountDelta? delta, MembershipDelta membership, JsonObject all, CancellationToken cancellationToken)
    {
        await attempt.BeginAsync(ConnectorOperation.Update, cancellationToken);
        State.Sends(all);
        await Groups.UpdateGroupAsync(State.AccountId!, delta, membership, attempt.Operation, cancellationToken);
    }

    private async Task GiveUpAsync(JsonObject attributes, CancellationToken cancellationToken)
    {
        var before = attempt.Known(attributes);
        var all = With(attributes, [.. PossibleAttributes.MembersOf(State.Attributes)]);
        await SendOnceAsync(attempt.Delta(AttributeDiff.Compute(before, attributes), attributes), new MembershipDelta([], []), all, cancellationToken);
        State.Apply(State.Applied, all);
    }

    private async Task<IReadOnlyList<string>> DesiredMembersAsync(CancellationToken cancellationToken)
    {
        if (attempt.Assignment.DesiredAttributes?[PossibleAttributes.Members] is not JsonArray { Count: > 0 } users)
            return [];
        var ids = users.Select(x => x!.ToString()).ToList();
        var members = await attempt.Accounts.AccountIdsAsync(attempt.Assignment.IdentityProvider, ids, cancellationToken);
        return [.. ids.Where(members.ContainsKey).Select(x => members[x])];
    }

    private async Task<MembershipDelta> MembershipAsync(IReadOnlyList<string> desired, CancellationToken cancellationToken)
    {
        var possible = PossibleAttributes.MembersOf(State.Attributes);
        var there = State.Uncertain ? await MembersThereAsync(desired, cancellationToken) : possible;
        return new MembershipDelta([.. desired.Where(x => !there.Contains(x))], [.. possible.Except(desired, StringComparer.Ordinal)]);
    }

    /// <summary>
    /// The members at the target after a change whose effect is unknown. A target accepts that a member is added twice, so small groups are not read and
    /// all members are added; large groups are read. Former members are removed without reading, because what is read may lag behind.
    /// </summary>
    private async Task<IReadOnlySet<string>> MembersThereAsync(IReadOnlyList<string> desired, CancellationToken cancellationToken)
    {
        var there = new HashSet<string>(StringComparer.Ordinal);
        if (desired.Count <= AddedUnseen || attempt.Connector is not IListMembers lister)
            return there;
        await attempt.BeginAsync(ConnectorOperation.Members, cancellationToken);
        try
        {
            await foreach (var id in lister.ListMembersAsync(State.AccountId!, attempt.Operation, cancellationToken))
                there.Add(id);
        }
        catch (ConnectorException exception) when (exception.Kind is FailureKind.Gone or FailureKind.Rejected)
        {
            // The target tells no members, or the group is gone, and then the change itself fails as it should.
            there.Clear();
        }

        return there;
    }

    private static JsonObject With(JsonObject attributes, IReadOnlyList<string> members)
    {
        var all = attributes.DeepClone().AsObject();
        all[PossibleAttributes.Members] = new JsonArray([.. members.Select(x => JsonValue.Create(x))]);
        return all;
    }
}
