using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Provisioning.Http;

namespace Provisioning.Connectors.Salesforce;

/// <summary>Public groups and their members.</summary>
internal sealed partial class SalesforceConnector
{
    public async Task<Account> CreateGroupAsync(
        NewAccount group, IReadOnlyList<string> members, OperationContext context, CancellationToken cancellationToken)
    {
        var id = await api.CreateAsync("Group", GroupFields.Create(group), cancellationToken);
        try
        {
            await AddMembersAsync(id, members, cancellationToken);
        }
        catch (ConnectorException failure)
        {
            throw HttpFailure.PartlyDone("the group was created, but not all members were added", failure);
        }

        return new Account(id, []);
    }

    public async Task UpdateGroupAsync(
        string groupId, AccountDelta? delta, MembershipDelta members, OperationContext context, CancellationToken cancellationToken)
    {
        if (delta is { Changes.Count: > 0 } or { Marker: not null })
            await api.UpdateAsync("Group", groupId, GroupFields.Patch(delta), cancellationToken);
        await AddMembersAsync(groupId, members.Add, cancellationToken);
        await RemoveMembersAsync(groupId, members.Remove, cancellationToken);
    }

    public async Task DeleteGroupAsync(string groupId, OperationContext context, CancellationToken cancellationToken)
    {
        try
        {
            await api.DeleteAsync("Group", groupId, cancellationToken);
        }
        catch (ConnectorException failure) when (failure.Kind == FailureKind.Gone)
        {
            // Somebody was faster; the wish is fulfilled.
        }
    }

    public async IAsyncEnumerable<string> ListMembersAsync(
        string groupId, OperationContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A query about a group that is not there finds nothing, which is another thing than a group without members.
        await api.GetAsync($"sobjects/Group/{Addresses.Segment(groupId)}?fields=Id", cancellationToken, isItem: true);
        await foreach (var row in api.QueryAsync($"SELECT Id, UserOrGroupId FROM GroupMember WHERE GroupId = {Soql.Quote(groupId)}", cancellationToken))
            yield return row.Id("UserOrGroupId") ?? throw new ConnectorException(FailureKind.Transient, "the listing has a member without an id");
    }

    private async Task<IReadOnlyList<MatchedAccount>> FindGroupsAsync(MatchKey key, CancellationToken cancellationToken)
    {
        var name = key.Attributes?.Text("Name") ?? key.Attributes?.Text(GroupFields.DisplayName) ?? key.Name;
        var soql = $"SELECT {GroupFields.Selected} FROM Group WHERE Type = 'Regular' "
            + $"AND (DeveloperName = {Soql.Quote(GroupFields.Marker(key.OwnershipMarker))} OR Name = {Soql.Quote(name)})";
        var matches = new List<MatchedAccount>();
        await foreach (var record in api.QueryAsync(soql, cancellationToken))
            matches.Add(new MatchedAccount(GroupFields.Read(record), GroupFields.Judge(record, key.OwnershipMarker)));
        return [.. matches.OrderByDescending(match => match.Ownership == AccountOwnership.Ours)];
    }

    private async Task AddMembersAsync(string groupId, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        foreach (var batch in ids.Chunk(SalesforceApi.MostRecords))
        {
            var rows = batch.Select(id => new JsonObject { ["GroupId"] = groupId, ["UserOrGroupId"] = id });
            var results = await api.CreateManyAsync("GroupMember", rows, cancellationToken);
            // A row that names something unknown: the group itself being gone is what the host must hear.
            if (results.Any(result => result.Error?.Code == "INVALID_CROSS_REFERENCE_KEY"))
                await api.GetAsync($"sobjects/Group/{Addresses.Segment(groupId)}?fields=Id", cancellationToken, isItem: true);
            Demand(results, "DUPLICATE_VALUE");
        }
    }

    private async Task RemoveMembersAsync(string groupId, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        foreach (var batch in ids.Chunk(SalesforceApi.MostRecords))
        {
            var rows = new List<string>();
            var soql = $"SELECT Id FROM GroupMember WHERE GroupId = {Soql.Quote(groupId)} AND UserOrGroupId {Soql.In(batch)}";
            await foreach (var row in api.QueryAsync(soql, cancellationToken))
                rows.Add(row.Text("Id") ?? throw new ConnectorException(FailureKind.Transient, "a membership has no id"));
            foreach (var part in rows.Chunk(SalesforceApi.MostRecords))
                Demand(await api.DeleteManyAsync(part, cancellationToken), "NOT_FOUND", "ENTITY_IS_DELETED");
        }
    }
}
