using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Provisioning.Http;

namespace Provisioning.Connectors.Rest;

public sealed partial class RestConnector
{
    /// <inheritdoc />
    public async Task<Account> CreateGroupAsync(
        NewAccount group, IReadOnlyList<string> members, OperationContext context, CancellationToken cancellationToken)
    {
        var created = await _groups.CreateAsync(group, members, context, cancellationToken);
        if (members.Count == 0 || RestCheck.Names(_settings.Groups.Create!).Contains(Names.Members))
            return created;
        try
        {
            await ChangeAsync(created.Id, members, _settings.Groups.AddMembers, "addMembers", context, cancellationToken);
            return created;
        }
        catch (ConnectorException e)
        {
            throw HttpFailure.PartlyDone("the group was created, but not all members were added", e);
        }
    }

    /// <inheritdoc />
    public async Task UpdateGroupAsync(
        string groupId, AccountDelta? delta, MembershipDelta members, OperationContext context, CancellationToken cancellationToken)
    {
        if (delta is not null && _groups.IsUpdate(delta))
            await _groups.UpdateAsync(groupId, delta, context, cancellationToken);
        if (delta is not null)
            await _groups.MarkAsync(groupId, delta, context, cancellationToken);
        await ChangeAsync(groupId, members.Add, _settings.Groups.AddMembers, "addMembers", context, cancellationToken);
        await ChangeAsync(groupId, members.Remove, _settings.Groups.RemoveMembers, "removeMembers", context, cancellationToken);
    }

    /// <inheritdoc />
    public Task DeleteGroupAsync(string groupId, OperationContext context, CancellationToken cancellationToken) =>
        _groups.DeleteAsync(groupId, context, cancellationToken);

    /// <inheritdoc />
    public async IAsyncEnumerable<string> ListMembersAsync(
        string groupId, OperationContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var operation = _groups.Require(_settings.Groups.ListMembers, "listMembers");
        await foreach (var node in _groups.Pages.ReadAsync(operation, new JsonObject { [Names.Id] = groupId }, context, cancellationToken))
        {
            var id = node is JsonValue ? node.ToString() : JsonPath.Text(node, _settings.Groups.MemberId);
            yield return Addresses.Id(id) ?? throw new ConnectorException(FailureKind.Misconfigured, $"a member has no id at '{_settings.Groups.MemberId}'; check 'memberId'");
        }
    }

    private async Task ChangeAsync(
        string groupId, IReadOnlyList<string> members, RestOperation? operation, string setting, OperationContext context, CancellationToken cancellationToken)
    {
        if (members.Count == 0)
            return;
        var single = RestCheck.Names(_groups.Require(operation, setting)).Contains(Names.Member);
        foreach (var batch in members.Chunk(single ? 1 : _settings.Groups.MemberBatch))
        {
            var values = new JsonObject
            {
                [Names.Id] = groupId,
                [Names.Member] = batch[0],
                [Names.Members] = new JsonArray([.. batch.Select(member => JsonValue.Create(member))]),
            };
            await _groups.RunAsync(operation, setting, values, context, cancellationToken);
        }
    }
}
