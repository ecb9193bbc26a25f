using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Provisioning.Http;

namespace Provisioning.Connectors.Google;

/// <summary>Groups and their members.</summary>
internal sealed partial class GoogleConnector
{
    // Beyond this many changes reading the members first is cheaper, and lets an attempt go on where the last one was cut off.
    private const int ManyMembers = 25;

    private const int MembersAtOnce = 4;

    public async Task<Account> CreateGroupAsync(
        NewAccount group, IReadOnlyList<string> members, OperationContext context, CancellationToken cancellationToken)
    {
        var body = GroupBody.Create(group, settings);
        var created = GroupBody.Read(await api.CreateAsync("groups", body, cancellationToken))
            ?? throw new ConnectorException(FailureKind.Ambiguous, "the answer to a creation has no id");
        recent.Add(created.Id);
        try
        {
            await EachAsync(members, member => AddMemberAsync(created.Id, member, cancellationToken), cancellationToken);
        }
        catch (ConnectorException failure)
        {
            throw HttpFailure.PartlyDone("the group was created, but not all members were added", failure);
        }

        return created;
    }

    public async Task UpdateGroupAsync(
        string groupId, AccountDelta? delta, MembershipDelta members, OperationContext context, CancellationToken cancellationToken)
    {
        if (delta is { Changes.Count: > 0 } or { Marker: not null })
            await ChangeGroupAsync(groupId, delta, cancellationToken);

        IEnumerable<string> add = members.Add;
        IEnumerable<string> remove = members.Remove;
        if (members.Add.Count + members.Remove.Count > ManyMembers)
        {
            var present = await ListMembersAsync(groupId, context, cancellationToken).ToHashSetAsync(cancellationToken: cancellationToken);
            (add, remove) = (add.Where(id => !present.Contains(id)), remove.Where(present.Contains));
        }

        await EachAsync(add, id => AddMemberAsync(groupId, id, cancellationToken), cancellationToken);
        await EachAsync(remove, id => RemoveMemberAsync(groupId, id, cancellationToken), cancellationToken);
    }

    public async Task DeleteGroupAsync(string groupId, OperationContext context, CancellationToken cancellationToken)
    {
        try
        {
            await recent.SettledAsync(groupId, () => api.DeleteAsync(Group(groupId), cancellationToken));
        }
        catch (ConnectorException failure) when (failure.Kind == FailureKind.Gone)
        {
            // Somebody was faster; the wish is fulfilled.
        }

        recent.Remove(groupId);
    }

    public async IAsyncEnumerable<string> ListMembersAsync(
        string groupId, OperationContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var member in api.PagesAsync($"{Group(groupId)}/members?maxResults=200", "members", isItem: true, cancellationToken))
            yield return member.Id() ?? throw new ConnectorException(FailureKind.Transient, "the listing has a member without an id");
    }

    private async Task ChangeGroupAsync(string id, AccountDelta delta, CancellationToken cancellationToken)
    {
        var present = delta.Marker is not null || GroupBody.TouchesDescription(delta.Changes)
            ? await recent.SettledAsync(id, () => api.GetAsync(Group(id), cancellationToken, isItem: true))
            : null;
        await recent.SettledAsync(id, () => api.PatchAsync(Group(id), GroupBody.Patch(delta, present), cancellationToken));
    }

    private static string Group(string id) => $"groups/{Addresses.Segment(id)}";

    private async Task<IReadOnlyList<MatchedAccount>> FindGroupsAsync(MatchKey key, CancellationToken cancellationToken)
    {
        var name = key.Attributes?.Text("name") ?? key.Name;
        var found = new Dictionary<string, MatchedAccount>(StringComparer.Ordinal);
        var email = key.Attributes?.Text("email") ?? (settings.GroupDomain is null ? null : GroupBody.Address(name, settings));
        if (email is not null && await api.FindAsync(Group(email), cancellationToken) is { } group)
            Collect(found, group, key);
        var query = Uri.EscapeDataString($"name={Quote(name)}");
        await foreach (var named in api.PagesAsync($"groups?{Customer}&query={query}&maxResults=200", "groups", isItem: false, cancellationToken))
        {
            if (name.Equals(named.Text("name"), StringComparison.OrdinalIgnoreCase))
                Collect(found, named, key);
        }

        // Names of groups are not unique here: one that is ours settles it.
        return found.Values.Any(match => match.Ownership == AccountOwnership.Ours)
            ? [.. found.Values.Where(match => match.Ownership == AccountOwnership.Ours)]
            : [.. found.Values];
    }

    private static void Collect(Dictionary<string, MatchedAccount> found, JsonObject group, MatchKey key)
    {
        if (GroupBody.Read(group) is { } account)
            found[account.Id] = new MatchedAccount(account, OwnershipMark.Judge(GroupBody.Marker(group), key.OwnershipMarker));
    }

    private async Task AddMemberAsync(string groupId, string id, CancellationToken cancellationToken)
    {
        try
        {
            var body = new JsonObject { ["id"] = id, ["role"] = "MEMBER" };
            await recent.SettledAsync(groupId, () => api.PostAsync($"{Group(groupId)}/members", body, cancellationToken));
        }
        catch (ConnectorException failure) when (failure.Kind == FailureKind.Conflict)
        {
            // Is a member already.
        }
    }

    private async Task RemoveMemberAsync(string groupId, string id, CancellationToken cancellationToken)
    {
        try
        {
            await recent.SettledAsync(groupId, () => api.DeleteAsync($"{Group(groupId)}/members/{Addresses.Segment(id)}", cancellationToken));
        }
        catch (ConnectorException failure) when (GoogleFailure.IsUnknownMember(failure))
        {
            // Is no member any more.
        }
    }

    private static Task EachAsync(IEnumerable<string> ids, Func<string, Task> change, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            ids, new ParallelOptions { MaxDegreeOfParallelism = MembersAtOnce, CancellationToken = cancellationToken },
            async (id, _) => await change(id));
}
