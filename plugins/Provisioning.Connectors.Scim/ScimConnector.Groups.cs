using System.Text.Json.Nodes;
using Provisioning.Scim;

namespace Provisioning.Connectors.Scim;

/// <summary>Groups and their members.</summary>
internal sealed partial class ScimConnector
{
    public async Task<Account> CreateGroupAsync(
        NewAccount group, IReadOnlyList<string> members, OperationContext context, CancellationToken cancellationToken)
    {
        var body = ResourceBody.Create(ResourceType.Group, group);
        var first = Puts ? members : [.. members.Take(settings.MemberBatch)];
        if (first.Count > 0)
            body["members"] = Patches.Members(first);
        var created = await PostAsync(ResourceType.Group, body, cancellationToken);
        try
        {
            await AddMembersAsync(Item(ResourceType.Group, created.Id), [.. members.Skip(first.Count)], cancellationToken);
        }
        catch (ConnectorException failure)
        {
            // The group exists, but its id would be lost with this failure: the host has to find it again.
            throw new ConnectorException(FailureKind.Ambiguous, $"the group was created, but not all members were added: {failure.Message}", failure)
            {
                TargetCode = failure.TargetCode,
            };
        }

        return created;
    }

    public async Task UpdateGroupAsync(
        string groupId, AccountDelta? delta, MembershipDelta members, OperationContext context, CancellationToken cancellationToken)
    {
        var path = Item(ResourceType.Group, groupId);
        var changes = delta?.Changes ?? [];
        if (Puts)
        {
            if (changes.Count + members.Add.Count + members.Remove.Count == 0)
                return;
            await MergeAsync(path, resource =>
            {
                Merge(resource, changes, null);
                MergeMembers(resource, members);
            }, cancellationToken);
            return;
        }

        if (changes.Count > 0)
            await PatchAsync(path, Patches.From(changes, null), cancellationToken);
        await AddMembersAsync(path, members.Add, cancellationToken);
        foreach (var batch in members.Remove.Chunk(settings.MemberBatch))
            await RemoveMembersAsync(path, batch, cancellationToken);
    }

    public Task DeleteGroupAsync(string groupId, OperationContext context, CancellationToken cancellationToken) =>
        RemoveAsync(Item(ResourceType.Group, groupId), cancellationToken);

    private async Task AddMembersAsync(string path, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        foreach (var batch in ids.Chunk(settings.MemberBatch))
            await PatchAsync(path, Patches.AddMembers(batch), cancellationToken);
    }

    private async Task RemoveMembersAsync(string path, string[] batch, CancellationToken cancellationToken)
    {
        try
        {
            await PatchAsync(path, Patches.RemoveMembers(batch), cancellationToken);
        }
        catch (ConnectorException failure) when (ScimFailure.IsNoTarget(failure))
        {
            // One of them is no member any more, and a patch is all or nothing: the others are removed one by one.
            if (batch.Length == 1)
                return;
            foreach (var id in batch)
                await RemoveMembersAsync(path, [id], cancellationToken);
        }
    }

    private static void MergeMembers(JsonObject resource, MembershipDelta members)
    {
        if (members.Add.Count + members.Remove.Count == 0)
            return;
        var actual = ScimAttributes.ActualName(resource, "members") ?? "members";
        if (resource[actual] is not JsonArray list)
            resource[actual] = list = [];
        var gone = members.Remove.ToHashSet(StringComparer.Ordinal);
        list.RemoveAll(member => Id(member) is { } id && gone.Contains(id));
        var present = list.Select(Id).ToHashSet(StringComparer.Ordinal);
        foreach (var id in members.Add)
        {
            if (present.Add(id))
                list.Add((JsonNode)new JsonObject { ["value"] = id });
        }
    }

    private static string? Id(JsonNode? member) => member is JsonObject complex ? ResourceBody.Text(complex, "value") : null;
}
