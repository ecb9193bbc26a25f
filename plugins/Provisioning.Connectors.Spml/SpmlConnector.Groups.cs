using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Provisioning.Http;

namespace Provisioning.Connectors.Spml;

/// <summary>Groups and their members, by attribute values or by references.</summary>
internal sealed partial class SpmlConnector
{
    public async Task<Account> CreateGroupAsync(
        NewAccount group, IReadOnlyList<string> members, OperationContext context, CancellationToken cancellationToken)
    {
        var kind = Groups;
        group = group with { Attributes = GroupNames.ToTarget(kind, group.Attributes) };
        var first = members.Take(settings.MemberBatch).ToList();
        var references = new List<XElement>();
        if (first.Count > 0 && kind.MemberReference is { } type)
        {
            references.Add(_requests.ReferenceData(type, first));
        }
        else if (first.Count > 0)
        {
            var attributes = (JsonObject)group.Attributes.DeepClone();
            attributes[kind.MemberAttribute!] = new JsonArray([.. first.Select(id => (JsonNode)id)]);
            group = group with { Attributes = attributes };
        }

        var created = await AddAsync(kind, group, references, context, cancellationToken);
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
        var kind = Groups;
        AttributeChange[] changes = [.. GroupNames.ToTarget(kind, delta?.Changes ?? []), .. Marker(kind, delta)];
        var modifications = profile.Modifications(kind, changes).ToList();
        if (modifications.Count > 0)
            await client.SendAsync(_requests.Modify(groupId, modifications), context, cancellationToken);
        try
        {
            await ChangeMembersAsync(groupId, members, context, cancellationToken);
        }
        catch (ConnectorException refused) when (refused.Kind is FailureKind.Conflict or FailureKind.Rejected or FailureKind.Transient
            && refused.TargetCode is "alreadyExists" or "customError" or "noSuchIdentifier")
        {
            // Some targets refuse to add who is in or to remove who is not. What is left to do is told by the group itself.
            var left = await LeftToDoAsync(groupId, members, context, cancellationToken);
            if (left.Add.Count + left.Remove.Count == members.Add.Count + members.Remove.Count)
                throw;
            await ChangeMembersAsync(groupId, left, context, cancellationToken);
        }
    }

    public Task DeleteGroupAsync(string groupId, OperationContext context, CancellationToken cancellationToken) =>
        RemoveAsync(groupId, context, cancellationToken);

    public async IAsyncEnumerable<string> ListMembersAsync(
        string groupId, OperationContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var id in await MembersAsync(groupId, context, cancellationToken))
            yield return id;
    }

    private SpmlGroupSettings Groups => (SpmlGroupSettings)Kind(ResourceType.Group);

    private async Task ChangeMembersAsync(string groupId, MembershipDelta members, OperationContext context, CancellationToken cancellationToken)
    {
        foreach (var batch in members.Add.Chunk(settings.MemberBatch))
            await client.SendAsync(_requests.Modify(groupId, MemberModifications(batch, add: true)), context, cancellationToken);
        foreach (var batch in members.Remove.Chunk(settings.MemberBatch))
            await client.SendAsync(_requests.Modify(groupId, MemberModifications(batch, add: false)), context, cancellationToken);
    }

    private IEnumerable<XElement> MemberModifications(string[] ids, bool add) => Groups.MemberReference is { } type
        ? [_requests.References(add ? "add" : "delete", type, ids)]
        : profile.ValueModifications(Groups, Groups.MemberAttribute!, ids, add);

    private async Task<MembershipDelta> LeftToDoAsync(
        string groupId, MembershipDelta members, OperationContext context, CancellationToken cancellationToken)
    {
        var present = await MembersAsync(groupId, context, cancellationToken);
        return new MembershipDelta(
            [.. members.Add.Where(id => !present.Contains(id))],
            [.. members.Remove.Where(present.Contains)]);
    }

    private async Task<HashSet<string>> MembersAsync(string groupId, OperationContext context, CancellationToken cancellationToken)
    {
        var pso = Pso.Of(await client.SendAsync(_requests.Lookup(groupId), context, cancellationToken))
            ?? throw new ConnectorException(FailureKind.Transient, "the answer to a lookup has no object");
        var members = Groups.MemberReference is { } type
            ? Pso.References(pso, type)
            : AttributeText.Values(Data(pso)[Groups.MemberAttribute!]) ?? [];
        return members.ToHashSet(StringComparer.Ordinal);
    }
}
