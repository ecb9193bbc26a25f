using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Provisioning.Http;

namespace Provisioning.Connectors.Scim11;

/// <summary>Groups and their members.</summary>
internal sealed partial class Scim11Connector
{
    public async Task<Account> CreateGroupAsync(
        NewAccount group, IReadOnlyList<string> members, OperationContext context, CancellationToken cancellationToken)
    {
        CheckGroups(ResourceType.Group);
        var body = WholeResource.Create(group);
        var first = members.Take(settings.MemberBatch).ToList();
        if (first.Count > 0)
            body["members"] = new JsonArray([.. first.Select(id => (JsonNode)new JsonObject { ["value"] = id })]);
        var created = await PostAsync(ResourceType.Group, body, null, cancellationToken);
        try
        {
            await ChangeMembersAsync(created.Id, new MembershipDelta([.. members.Skip(first.Count)], []), context, cancellationToken);
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
        CheckGroups(ResourceType.Group);
        await ChangeAsync(Item(ResourceType.Group, groupId), [.. delta?.Changes ?? [], .. Marker(delta)], null, context, cancellationToken);
        await ChangeMembersAsync(groupId, members, context, cancellationToken);
    }

    public Task DeleteGroupAsync(string groupId, OperationContext context, CancellationToken cancellationToken) =>
        RemoveAsync(Item(ResourceType.Group, groupId), cancellationToken);

    public async IAsyncEnumerable<string> ListMembersAsync(
        string groupId, OperationContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        CheckGroups(ResourceType.Group);
        var (group, _) = await ReadAsync(Item(ResourceType.Group, groupId), cancellationToken);
        foreach (var id in WholeResource.Members(group))
            yield return id;
    }

    private async Task ChangeMembersAsync(string groupId, MembershipDelta members, OperationContext context, CancellationToken cancellationToken)
    {
        var path = Item(ResourceType.Group, groupId);
        foreach (var ids in members.Add.Chunk(settings.MemberBatch))
            await WriteAsync(path, PartialResource.Members(ids, add: true), Merging(new(ids, [])), null, context, cancellationToken);
        foreach (var ids in members.Remove.Chunk(settings.MemberBatch))
            await WriteAsync(path, PartialResource.Members(ids, add: false), Merging(new([], ids)), null, context, cancellationToken);
    }

    private static Action<JsonObject> Merging(MembershipDelta members) => group => WholeResource.Merge(group, members);
}
