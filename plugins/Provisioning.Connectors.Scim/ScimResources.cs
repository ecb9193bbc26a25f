using System.Text.Json.Nodes;
using Provisioning.Http;
using Provisioning.Scim;

namespace Provisioning.Connectors.Scim;

/// <summary>The resources of a target, by the verbs of RFC 7644.</summary>
internal sealed class ScimResources(ScimTransport transport, Discovery discovery, bool trailingSlash)
{
    // Somebody else writes the same object at the same moment: more often than this is no coincidence.
    private const int MostMerges = 3;

    public static string Item(ResourceType type, string id) => $"{Name(type)}/{Addresses.Segment(id)}";

    public static string Collection(ResourceType type, Dialect dialect) => dialect.HasTrailingSlash ? Name(type) + "/" : Name(type);

    public async Task<JsonObject> QueryAsync(string path, bool searches, CancellationToken cancellationToken)
    {
        var response = await SendAsync(new ScimRequest(HttpMethod.Get, path) { Searches = searches }, cancellationToken);
        return response.Body ?? throw new ConnectorException(FailureKind.Transient, "the answer to a query is not JSON");
    }

    public async Task<(JsonObject Resource, string? Version)> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var response = await SendAsync(new ScimRequest(HttpMethod.Get, path) { IsItem = true }, cancellationToken);
        var resource = response.Body ?? throw new ConnectorException(FailureKind.Transient, "the answer to a read is not JSON");
        return (resource, response.ETag ?? ScimResource.Version(resource));
    }

    public async Task<JsonObject> PostAsync(
        ResourceType type, JsonObject body, string? secret, Dialect dialect, CancellationToken cancellationToken)
    {
        var request = new ScimRequest(HttpMethod.Post, Collection(type, dialect), new BodyRules(dialect).Spell(body)) { Creates = true, Secret = secret };
        var response = await SendAsync(request, cancellationToken);
        return response.Body is { } created && ScimPage.Id(created) is not null
            ? created
            : throw new ConnectorException(FailureKind.Ambiguous, $"HTTP {response.Status}: the answer to a creation has no id that can be kept");
    }

    /// <summary>Patches, or merges and replaces, as the target takes it. Null when it did not answer with the resource.</summary>
    public async Task<JsonObject?> ChangeAsync(
        ResourceType type, string id, IReadOnlyList<AttributeChange> changes, string? secret, OperationContext context, CancellationToken cancellationToken)
    {
        var dialect = await discovery.GetAsync(context, cancellationToken);
        var style = type == ResourceType.User ? dialect.Update : dialect.GroupUpdate;
        if (style == UpdateStyle.Put)
            return await MergeAsync(Item(type, id), resource => ResourceBody.Merge(resource, changes), secret, dialect, cancellationToken);
        if (PatchBody.From(changes, style, dialect.Removal) is not { } patch)
            return null;
        try
        {
            return await PatchAsync(Item(type, id), patch, secret, dialect, cancellationToken);
        }
        catch (ConnectorException refused) when (dialect.UpdateIsOpen && HttpFailure.HasStatus(refused, 405, 501))
        {
            context.Log("the target refuses PATCH; replacing from now on");
            dialect = discovery.WithoutPatch();
            return await MergeAsync(Item(type, id), resource => ResourceBody.Merge(resource, changes), secret, dialect, cancellationToken);
        }
    }

    public async Task<JsonObject?> PatchAsync(string path, JsonObject patch, string? secret, Dialect dialect, CancellationToken cancellationToken)
    {
        var request = new ScimRequest(HttpMethod.Patch, path, new BodyRules(dialect).Spell(patch)) { IsItem = true, Secret = secret };
        return (await SendAsync(request, cancellationToken)).Body;
    }

    /// <summary>Reads, changes and replaces: what we do not manage must survive. Begins again when somebody else was faster.</summary>
    public async Task<JsonObject?> MergeAsync(
        string path, Action<JsonObject> change, string? secret, Dialect dialect, CancellationToken cancellationToken)
    {
        for (var merge = 1; ; merge++)
        {
            var (resource, version) = await ReadAsync(path, cancellationToken);
            change(resource);
            ScimResource.Announce(resource);
            var request = new ScimRequest(HttpMethod.Put, path, new BodyRules(dialect).Spell(resource))
            {
                IsItem = true, IfMatch = dialect.UsesVersions ? version : null, Secret = secret,
            };
            try
            {
                return (await SendAsync(request, cancellationToken)).Body;
            }
            catch (ConnectorException outdated) when (merge < MostMerges && HttpFailure.HasStatus(outdated, 412))
            {
                // The next round starts from what is there now.
            }
        }
    }

    public async Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(new ScimRequest(HttpMethod.Delete, path) { IsItem = true }, cancellationToken);
        }
        catch (ConnectorException failure) when (failure.Kind == FailureKind.Gone)
        {
            // Somebody was faster; the wish is fulfilled.
        }
    }

    /// <summary>Sends operations in one request and tells whether every one of them succeeded.</summary>
    public async Task<bool> BulkAsync(JsonArray operations, CancellationToken cancellationToken)
    {
        var count = operations.Count;
        var body = new JsonObject { ["schemas"] = new JsonArray(ScimSchemas.BulkRequest), ["Operations"] = operations };
        var response = await transport.SendAsync(new ScimRequest(HttpMethod.Post, "Bulk", body), cancellationToken);
        var results = response.Body is { } answer && ScimAttributes.Find(answer, "Operations") is JsonArray list ? list : [];
        return results.Count == count && results.All(result => Status(result) is >= 200 and < 300);
    }

    /// <summary>Sends. What is missing may be the object or the whole service: where the words leave that open, the collection tells.</summary>
    private async Task<ScimResponse> SendAsync(ScimRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await transport.SendAsync(request, cancellationToken);
        }
        catch (ConnectorException missing) when (missing.Kind == FailureKind.Misconfigured
            && (request.IsItem || request.Creates || request.Searches) && HttpFailure.HasStatus(missing, 404, 405, 410))
        {
            var collection = request.Path.Split('/', '?')[0] + (trailingSlash ? "/" : "");
            var look = await transport.SendAsync(new ScimRequest(HttpMethod.Get, $"{collection}?startIndex=1&count=1"), cancellationToken);
            if (look.Body is not { } page)
                throw;
            _ = ScimPage.Listed(page);
            if (request.Searches)
                return new ScimResponse(404, ScimMessages.List([], 0, 1), null);
            var kind = request.IsItem && !HttpFailure.HasStatus(missing, 405) ? FailureKind.Gone : FailureKind.Rejected;
            throw new ConnectorException(kind, missing.Message, missing) { TargetCode = missing.TargetCode };
        }
    }

    private static string Name(ResourceType type) => type == ResourceType.User ? "Users" : "Groups";

    // A string by the standard, an object with a code in older drafts, a number by mistake.
    private static int? Status(JsonNode? result)
    {
        var status = result is JsonObject complex ? ScimAttributes.Find(complex, "status") : null;
        if (status is JsonObject older)
            status = ScimAttributes.Find(older, "code");
        return int.TryParse(status?.ToString(), out var number) ? number : null;
    }
}
