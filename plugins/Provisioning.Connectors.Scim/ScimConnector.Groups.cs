using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Provisioning.Http;
using Provisioning.Scim;

namespace Provisioning.Connectors.Scim;

/// <summary>Groups and their members.</summary>
internal sealed partial class ScimConnector
{
    public async Task<Account> CreateGroupAsync(
        NewAccount group, IReadOnlyList<string> members, OperationContext context, CancellationToken cancellationToken)
    {
        var dialect = await DialectAsync(ResourceType.Group, context, cancellationToken);
        var rules = new BodyRules(dialect);
        var body = ResourceBody.Create(ResourceType.Group, rules.Fit(ResourceType.Group, group.Attributes), group.OwnershipMarker, []);
        var first = dialect.GroupUpdate == UpdateStyle.Put ? members : [.. members.Take(dialect.MemberBatch)];
        if (first.Count > 0)
            body["members"] = PatchBody.Members(first);
        var created = await _resources.PostAsync(ResourceType.Group, body, null, dialect, cancellationToken);
        try
        {
            var others = new MembershipDelta([.. members.Skip(first.Count)], []);
            await _membership.ChangeAsync(ScimResource.Id(created)!, others, context, cancellationToken);
        }
        catch (ConnectorException failure)
        {
            throw HttpFailure.PartlyDone("the group was created, but not all members were added", failure);
        }

        return Read(created, rules);
    }

    public async Task UpdateGroupAsync(
        string groupId, AccountDelta? delta, MembershipDelta members, OperationContext context, CancellationToken cancellationToken)
    {
        var rules = new BodyRules(await DialectAsync(ResourceType.Group, context, cancellationToken));
        AttributeChange[] changes = [.. rules.Fit(ResourceType.Group, delta?.Changes ?? []), .. rules.Marker(ResourceType.Group, delta)];
        if (changes.Length > 0)
            await _resources.ChangeAsync(ResourceType.Group, groupId, changes, null, context, cancellationToken);
        await _membership.ChangeAsync(groupId, members, context, cancellationToken);
    }

    public Task DeleteGroupAsync(string groupId, OperationContext context, CancellationToken cancellationToken) =>
        _resources.DeleteAsync(ScimResources.Item(ResourceType.Group, groupId), cancellationToken);

    public async IAsyncEnumerable<string> ListMembersAsync(
        string groupId, OperationContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var dialect = await DialectAsync(ResourceType.Group, context, cancellationToken);
        if (dialect.MembersFrom == "none")
            throw new ConnectorException(FailureKind.Rejected, "the target does not tell who is in a group");
        var (group, _) = await _resources.ReadAsync(ScimResources.Item(ResourceType.Group, groupId), cancellationToken);
        if (dialect.MembersFrom == "group")
        {
            foreach (var id in Membership.Read(group))
                yield return id;
            yield break;
        }

        await foreach (var user in _listing.AllAsync(ResourceType.User, $"groups.value eq {ScimFilter.Quote(groupId)}", dialect, cancellationToken))
            yield return ScimResource.Id(user)!;
    }
}
