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
    private IManageGroups Groups => Require<IManageGroups>("manage");

    protected override async Task CreateAsync(CancellationToken cancellationToken)
    {
        var desired = DesiredAttributes();
        var members = await DesiredMembersAsync(cancellationToken);
        await BeginAsync("create", cancellationToken);
        var group = await Groups.CreateGroupAsync(new NewAccount(Assignment.ResourceId, desired), members, Context, cancellationToken);
        State.AccountId = group.Id;
        Applied(desired, members);
    }

    protected override async Task UpdateAsync(CancellationToken cancellationToken)
    {
        var desired = DesiredAttributes();
        var members = await DesiredMembersAsync(cancellationToken);
        var before = (State.Attributes?["members"] as JsonArray)?.Select(x => x!.ToString()).ToHashSet(StringComparer.Ordinal) ?? [];
        var membership = new MembershipDelta(
            [.. members.Where(x => !before.Contains(x))], [.. before.Except(members, StringComparer.Ordinal)]);

        var known = State.Attributes?.DeepClone().AsObject() ?? [];
        known.Remove("members");
        var changes = AttributeDiff.Compute(known, desired);
        if (changes.Count > 0 || membership.Add.Count > 0 || membership.Remove.Count > 0)
        {
            await BeginAsync("update", cancellationToken);
            var delta = changes.Count > 0 ? new AccountDelta(changes, desired) : null;
            await Groups.UpdateGroupAsync(State.AccountId!, delta, membership, Context, cancellationToken);
        }

        Applied(desired, members);
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
        if (Assignment.DesiredAttributes?["members"] is not JsonArray { Count: > 0 } users)
            return [];
        var ids = users.Select(x => x!.ToString()).ToList();
        var members = await Accounts.AccountIdsAsync(Assignment.IdentityProvider, ids, cancellationToken);
        return [.. ids.Where(members.ContainsKey).Select(x => members[x])];
    }

    private void Applied(JsonObject attributes, IReadOnlyList<string> members)
    {
        attributes["members"] = new JsonArray([.. members.Select(x => JsonValue.Create(x))]);
        (State.Applied, State.Attributes) = (AppliedState.Present, attributes);
    }
}
