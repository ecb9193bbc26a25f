using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Ledger;

namespace Provisioning.Core.Converging;

/// <summary>
/// One attempt on a group: its attributes and, relatively, its members. A member without an account yet is left out; the
/// ledger wakes the group when that account appears.
/// </summary>
internal sealed class GroupWork(
    Assignment assignment,
    IdentityProvider provider,
    IConnector connector,
    OperationContext context,
    ConvergeState state,
    IAccountLookup accounts,
    OperationBudget? budget)
    : AccountWork(assignment, provider, connector, context, state, accounts, budget)
{
    private const int AddedUnseen = 500;

    private IManageGroups Groups => Require<IManageGroups>("manage");

    protected override async Task CreateAsync(CancellationToken cancellationToken)
    {
        var desired = DesiredAttributes();
        var members = await DesiredMembersAsync(cancellationToken);
        var all = With(desired, members);
        await BeginAsync("create", cancellationToken);
        State.Sends(all);
        var group = await Groups.CreateGroupAsync(new NewAccount(Assignment.ResourceId, desired), members, Context, cancellationToken);
        State.AccountId = group.Id;
        State.Apply(AppliedState.Present, all);
    }

    protected override async Task UpdateAsync(CancellationToken cancellationToken)
    {
        var desired = DesiredAttributes();
        var members = await DesiredMembersAsync(cancellationToken);
        var all = With(desired, members);
        var changes = AttributeDiff.Compute(Known(desired), desired);
        var membership = await MembershipAsync(members, cancellationToken);
        if (changes.Count > 0 || membership.Add.Count > 0 || membership.Remove.Count > 0)
        {
            await BeginAsync("update", cancellationToken);
            State.Sends(all);
            var delta = changes.Count > 0 ? new AccountDelta(changes, desired) : null;
            await Groups.UpdateGroupAsync(State.AccountId!, delta, membership, Context, cancellationToken);
        }

        State.Apply(AppliedState.Present, all);
    }

    // A group has no disabled state; losing the right to it means losing it.
    protected override Task EnsureDisabledAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task DeleteAsync(string accountId, CancellationToken cancellationToken)
    {
        await BeginAsync("delete", cancellationToken);
        await Groups.DeleteGroupAsync(accountId, Context, cancellationToken);
    }

    private async Task<IReadOnlyList<string>> DesiredMembersAsync(CancellationToken cancellationToken)
    {
        if (Assignment.DesiredAttributes?[PossibleAttributes.Members] is not JsonArray { Count: > 0 } users)
            return [];
        var ids = users.Select(x => x!.ToString()).ToList();
        var members = await Accounts.AccountIdsAsync(Assignment.IdentityProvider, ids, cancellationToken);
        return [.. ids.Where(members.ContainsKey).Select(x => members[x])];
    }

    private async Task<MembershipDelta> MembershipAsync(IReadOnlyList<string> desired, CancellationToken cancellationToken)
    {
        var possible = PossibleAttributes.MembersOf(State.Attributes);
        var there = State.Uncertain ? await MembersThereAsync(desired, cancellationToken) : possible;
        return new MembershipDelta([.. desired.Where(x => !there.Contains(x))], [.. possible.Except(desired, StringComparer.Ordinal)]);
    }

    /// <summary>
    /// After a change whose effect is unknown. Adding who is in is success, so everybody is simply added; where that is much, the target is
    /// asked who is in. Who may be in is removed without asking: what is read may lag behind.
    /// </summary>
    private async Task<IReadOnlySet<string>> MembersThereAsync(IReadOnlyList<string> desired, CancellationToken cancellationToken)
    {
        var there = new HashSet<string>(StringComparer.Ordinal);
        if (desired.Count <= AddedUnseen || Connector is not IListMembers lister)
            return there;
        await BeginAsync("members", cancellationToken);
        try
        {
            await foreach (var id in lister.ListMembersAsync(State.AccountId!, Context, cancellationToken))
                there.Add(id);
        }
        catch (ConnectorException exception) when (exception.Kind is FailureKind.Gone or FailureKind.Rejected)
        {
            // It tells no members, or it is gone and the change itself will say so.
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
