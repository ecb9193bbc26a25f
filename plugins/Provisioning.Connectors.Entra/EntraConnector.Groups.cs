using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Provisioning.Http;

namespace Provisioning.Connectors.Entra;

/// <summary>Security groups and their members.</summary>
internal sealed partial class EntraConnector
{
    // What one request may add; it adds all of them or none.
    private const int MembersAtOnce = 20;

    private const int RemovalsAtOnce = 4;

    public async Task<Account> CreateGroupAsync(
        NewAccount group, IReadOnlyList<string> members, OperationContext context, CancellationToken cancellationToken)
    {
        var created = GroupBody.Read(await api.CreateAsync("groups", GroupBody.Create(group), cancellationToken))
            ?? throw new ConnectorException(FailureKind.Ambiguous, "the answer to a creation has no id");
        recent.Add(created.Id);
        try
        {
            await AddMembersAsync(created.Id, members, cancellationToken);
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
            await ChangeGroupAsync(groupId, GroupBody.Patch(delta), cancellationToken);
        IEnumerable<string> remove = members.Remove;
        if (members.Remove.Count > MembersAtOnce)
        {
            // Reading the members is cheaper, and lets an attempt go on where the last one was cut off.
            var present = await ListMembersAsync(groupId, context, cancellationToken).ToHashSetAsync(cancellationToken: cancellationToken);
            remove = remove.Where(present.Contains);
        }

        await AddMembersAsync(groupId, members.Add, cancellationToken);
        await Parallel.ForEachAsync(
            remove, new ParallelOptions { MaxDegreeOfParallelism = RemovalsAtOnce, CancellationToken = cancellationToken },
            async (id, _) => await RemoveMemberAsync(groupId, id, cancellationToken));
    }

    public async Task DeleteGroupAsync(string groupId, OperationContext context, CancellationToken cancellationToken)
    {
        try
        {
            await recent.SettledAsync(groupId, () => api.ChangeAsync(HttpMethod.Delete, Group(groupId), null, cancellationToken));
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
        await foreach (var member in api.PagesAsync($"{Group(groupId)}/members?$select=id&$top=999", isItem: true, eventual: false, cancellationToken))
            yield return member.Id() ?? throw new ConnectorException(FailureKind.Transient, "the listing has a member without an id");
    }

    private static string Group(string id) => $"groups/{Addresses.Segment(id)}";

    private async Task<IReadOnlyList<MatchedAccount>> FindGroupsAsync(MatchKey key, CancellationToken cancellationToken)
    {
        var name = key.Attributes?.Text("displayName") ?? key.Name;
        var filter = OData.Filter($"mailNickname eq {OData.Quote(GroupBody.Marker(key.OwnershipMarker))} or displayName eq {OData.Quote(name)}");
        var matches = new List<MatchedAccount>();
        await foreach (var group in api.PagesAsync($"groups?{filter}&{GroupBody.Select}", isItem: false, eventual: false, cancellationToken))
        {
            if (GroupBody.Read(group) is { } account)
                matches.Add(new MatchedAccount(account, GroupBody.Judge(group, key.OwnershipMarker)));
        }

        return [.. matches.OrderByDescending(match => match.Ownership == AccountOwnership.Ours)];
    }

    private Task ChangeGroupAsync(string id, JsonObject body, CancellationToken cancellationToken) =>
        recent.SettledAsync(id, () => api.ChangeAsync(HttpMethod.Patch, Group(id), body, cancellationToken));

    private async Task AddMembersAsync(string groupId, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        foreach (var batch in ids.Chunk(MembersAtOnce))
            await AddBatchAsync(groupId, batch, cancellationToken);
    }

    private async Task AddBatchAsync(string groupId, string[] batch, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["members@odata.bind"] = new JsonArray([.. batch.Select(id => (JsonNode)cloud.Reference(id))]) };
        try
        {
            await ChangeGroupAsync(groupId, body, cancellationToken);
        }
        catch (ConnectorException failure) when (EntraFailure.IsMemberAlready(failure))
        {
            // All or nothing: the others are still to be added.
            if (batch.Length == 1)
                return;
            foreach (var id in batch)
                await AddBatchAsync(groupId, [id], cancellationToken);
        }
        catch (ConnectorException failure) when (failure.Kind == FailureKind.Gone)
        {
            await TellMemberFromGroupAsync(groupId, failure, cancellationToken);
        }
    }

    private async Task RemoveMemberAsync(string groupId, string id, CancellationToken cancellationToken)
    {
        try
        {
            await api.ChangeAsync(HttpMethod.Delete, $"{Group(groupId)}/members/{Addresses.Segment(id)}/$ref", null, cancellationToken);
        }
        catch (ConnectorException failure) when (failure.Kind == FailureKind.Gone)
        {
            // Is no member any more, unless the group itself is gone: this tells.
            await recent.SettledAsync(groupId, () => api.GetAsync($"{Group(groupId)}?$select=id", cancellationToken, isItem: true));
        }
    }

    /// <summary>The same refusal is given for a group that is gone and for a member that is not known everywhere yet.</summary>
    private async Task TellMemberFromGroupAsync(string groupId, ConnectorException failure, CancellationToken cancellationToken)
    {
        await recent.SettledAsync(groupId, () => api.GetAsync($"{Group(groupId)}?$select=id", cancellationToken, isItem: true));
        throw new ConnectorException(FailureKind.Transient, $"a member is not known to the group yet: {failure.Message}", failure) { TargetCode = failure.TargetCode };
    }
}
