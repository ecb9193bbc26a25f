using Provisioning.Http;
using System.Text;
using System.Text.Json.Nodes;
using Provisioning.Scim;

namespace Provisioning.Connectors.Scim;

/// <summary>Changes who is in a group, relatively and in batches, so that a group may be of any size.</summary>
internal sealed class Membership(ScimResources resources, Discovery discovery)
{
    public async Task ChangeAsync(string groupId, MembershipDelta members, OperationContext context, CancellationToken cancellationToken)
    {
        if (members.Add.Count + members.Remove.Count == 0)
            return;
        var dialect = await discovery.GetAsync(context, cancellationToken);
        var path = ScimResources.Item(ResourceType.Group, groupId);
        if (dialect.GroupUpdate == UpdateStyle.Put)
        {
            await MergeAsync(path, members, dialect, cancellationToken);
            return;
        }

        try
        {
            await PatchAsync(path, members, dialect, context, cancellationToken);
        }
        catch (ConnectorException refused) when (dialect.UpdateIsOpen && HttpFailure.HasStatus(refused, 405, 501))
        {
            context.Log("the target refuses PATCH; replacing from now on");
            await MergeAsync(path, members, discovery.WithoutPatch(), cancellationToken);
        }
    }

    public static IReadOnlyList<string> Read(JsonObject group) =>
        [.. ScimPage.Members(group).Where(IsAccount).Select(ScimPage.MemberId).Distinct(StringComparer.Ordinal)];

    // Groups within groups are nobody's account.
    private static bool IsAccount(JsonObject member) => !"Group".Equals(ScimResource.Text(member, "type"), StringComparison.OrdinalIgnoreCase);

    private async Task PatchAsync(
        string path, MembershipDelta members, Dialect dialect, OperationContext context, CancellationToken cancellationToken)
    {
        if (dialect.RemoveMembers == "replace" && members.Remove.Count > 0)
        {
            await ReplaceAsync(path, members, dialect, cancellationToken);
            return;
        }

        List<Batch> batches =
        [
            .. members.Add.Chunk(dialect.MemberBatch).Select(ids => new Batch(ids, Adds: true)),
            .. members.Remove.Chunk(dialect.MemberBatch).Select(ids => new Batch(ids, Adds: false)),
        ];
        if (batches.Count > 1 && dialect.BulkOperations > 1)
            batches = await BulkAsync(path, batches, dialect, context, cancellationToken);
        foreach (var batch in batches)
            await SendAsync(path, batch, dialect, cancellationToken);
    }

    /// <summary>Sends batches in bulk and returns those that have to be sent alone, for their failure to be told or healed.</summary>
    private async Task<List<Batch>> BulkAsync(
        string path, List<Batch> batches, Dialect dialect, OperationContext context, CancellationToken cancellationToken)
    {
        var left = new List<Batch>();
        for (var next = 0; next < batches.Count;)
        {
            var operations = new JsonArray();
            var first = next;
            for (var size = 200; next < batches.Count && operations.Count < dialect.BulkOperations; next++)
            {
                var operation = new JsonObject { ["method"] = "PATCH", ["path"] = "/" + path, ["data"] = Patch(batches[next], dialect) };
                size += Encoding.UTF8.GetByteCount(operation.ToJsonString()) + 1;
                if (size > dialect.BulkPayload && operations.Count > 0)
                    break;
                operations.Add((JsonNode)operation);
            }

            try
            {
                if (!await resources.BulkAsync(operations, cancellationToken))
                    left.AddRange(batches[first..next]);
            }
            catch (ConnectorException refused) when (refused.Kind == FailureKind.Rejected || HttpFailure.HasStatus(refused, 403, 404, 405, 413, 501))
            {
                context.Log($"the target refuses bulk requests ({refused.Message}); going on without");
                discovery.WithoutBulk();
                return [.. left, .. batches[first..]];
            }
        }

        return left;
    }

    private async Task SendAsync(string path, Batch batch, Dialect dialect, CancellationToken cancellationToken)
    {
        try
        {
            await resources.PatchAsync(path, Patch(batch, dialect), null, dialect, cancellationToken);
        }
        catch (ConnectorException failure) when (!batch.Adds && ScimFailure.HasType(failure, "noTarget"))
        {
            // One of them is no member any more, and a patch is all or nothing: the others are removed one by one.
            if (batch.Ids.Length == 1)
                return;
            foreach (var id in batch.Ids)
                await SendAsync(path, batch with { Ids = [id] }, dialect, cancellationToken);
        }
        catch (ConnectorException failure) when (batch.Ids.Length > 1 && HttpFailure.HasStatus(failure, 413))
        {
            // Less than the settings say is all that the target takes.
            foreach (var half in batch.Ids.Chunk((batch.Ids.Length + 1) / 2))
                await SendAsync(path, batch with { Ids = half }, dialect, cancellationToken);
        }
    }

    private static JsonObject Patch(Batch batch, Dialect dialect) => batch.Adds
        ? PatchBody.AddMembers(batch.Ids)
        : PatchBody.RemoveMembers(batch.Ids, byValue: dialect.RemoveMembers == "value");

    private async Task ReplaceAsync(string path, MembershipDelta members, Dialect dialect, CancellationToken cancellationToken)
    {
        CheckReadable(dialect);
        var (group, _) = await resources.ReadAsync(path, cancellationToken);
        var patch = PatchBody.ReplaceMembers(Read(group).Except(members.Remove).Union(members.Add));
        await resources.PatchAsync(path, patch, null, dialect, cancellationToken);
    }

    private Task<JsonObject?> MergeAsync(string path, MembershipDelta members, Dialect dialect, CancellationToken cancellationToken)
    {
        CheckReadable(dialect);
        return resources.MergeAsync(path, group => Merge(group, members), null, dialect, cancellationToken);
    }

    // Replacing what cannot be read would throw out everybody that somebody else put in.
    private static void CheckReadable(Dialect dialect)
    {
        if (dialect.MembersFrom != "group")
            throw new ConnectorException(
                FailureKind.Rejected, "the target does not tell the members of a group, so they cannot be replaced: set groupUpdate to \"path\"");
    }

    private static void Merge(JsonObject group, MembershipDelta members)
    {
        var actual = ScimAttributes.ActualName(group, "members") ?? "members";
        var present = Read(group).ToHashSet(StringComparer.Ordinal);
        if (group[actual] is not JsonArray list)
            group[actual] = list = [];
        var gone = members.Remove.ToHashSet(StringComparer.Ordinal);
        list.RemoveAll(member => member is JsonObject account && IsAccount(account) && gone.Contains(ScimPage.MemberId(account)));
        present.ExceptWith(gone);
        foreach (var id in members.Add)
        {
            if (present.Add(id))
                list.Add((JsonNode)new JsonObject { ["value"] = id });
        }
    }

    private sealed record Batch(string[] Ids, bool Adds);
}
