using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Provisioning.Scim;

namespace Provisioning.Connectors.Scim.Tests;

internal sealed record MemoryAnswer(int Status, JsonObject? Body = null, string? Version = null);

/// <summary>
/// The resources of a strict server: it wants the media type and the schemas, refuses a name that is taken, members that do
/// not exist and what its rules forbid, and answers errors as RFC 7644 says.
/// </summary>
internal sealed class MemoryResources(TargetRules rules)
{
    private static readonly string[] s_core = ["schemas", "id", "externalId", "meta"];

    private readonly Dictionary<string, SortedDictionary<string, JsonObject>> _resources = new(StringComparer.Ordinal)
    {
        ["Users"] = [], ["Groups"] = [],
    };

    private readonly Dictionary<string, string> _passwords = [];
    private long _lastId;
    private long _lastVersion;

    public IReadOnlyCollection<JsonObject> Users => _resources["Users"].Values;

    public IReadOnlyCollection<JsonObject> Groups => _resources["Groups"].Values;

    public string? PasswordOf(string id) => _passwords.GetValueOrDefault(id);

    public MemoryAnswer Answer(HttpRequest request, string text)
    {
        var parts = request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts is not ["scim", ..])
            return new MemoryAnswer(404);
        if (parts.Length == 2 && request.Method == "GET" && MemoryDescriptions.For(parts[1], rules) is { } description)
            return new MemoryAnswer(200, description);
        if (parts is ["scim", "Bulk"] && request.Method == "POST" && rules.BulkOperations > 0)
            return Bulk(Body(request, text), text.Length);
        return Answer(request.Method, parts[1..], request.Query, () => Body(request, text), request.Headers.IfMatch);
    }

    private MemoryAnswer Answer(string method, string[] parts, IQueryCollection query, Func<JsonObject> body, string? version)
    {
        if (parts.Length is < 1 or > 2 || !_resources.TryGetValue(parts[0], out var all) || (parts[0] == "Groups" && !rules.Groups))
            throw new ScimException(404, null, $"there is no '{string.Join('/', parts)}'");
        var id = parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : null;
        return (method, id) switch
        {
            ("GET", null) => new MemoryAnswer(200, Query(parts[0], query, all.Values)),
            ("POST", null) => Create(parts[0], all, body()),
            ("GET", not null) => Shown(200, parts[0], Existing(all, id)),
            ("PUT", not null) => Replace(parts[0], all, id, body(), version),
            ("PATCH", not null) => Patch(parts[0], all, id, body()),
            ("DELETE", not null) => Delete(all, id),
            _ => throw new ScimException(405, null, $"'{method}' is not for '{string.Join('/', parts)}'"),
        };
    }

    private static JsonObject Body(HttpRequest request, string text)
    {
        if (request.ContentType?.StartsWith("application/scim+json", StringComparison.Ordinal) != true)
            throw new ScimException(415, null, $"the media type is '{request.ContentType}'");
        try
        {
            return JsonNode.Parse(text) is JsonObject { } body && body["schemas"] is JsonArray { Count: > 0 }
                ? body
                : throw new ScimException(400, "invalidSyntax", "there are no schemas");
        }
        catch (JsonException)
        {
            throw new ScimException(400, "invalidSyntax", "that is no JSON");
        }
    }

    private JsonObject Query(string kind, IQueryCollection query, IEnumerable<JsonObject> all)
    {
        var matching = Filtered(kind, query["filter"], all);
        if (matching.Count == 0 && query.ContainsKey("filter") && rules.FindsNothingWith404)
            throw new ScimException(404, null, "nothing found");
        var count = int.TryParse(query["count"], out var wanted) ? Math.Clamp(wanted, 0, rules.MostPerPage) : rules.MostPerPage;
        if (rules.Cursors && query.ContainsKey("startIndex"))
            throw new ScimException(400, "invalidValue", "pages are by cursor here");
        // The cursor of this server is the place to go on from; clients must not know.
        var start = rules.Cursors
            ? query["cursor"].ToString() is { Length: > 0 } cursor ? int.Parse(cursor[2..], CultureInfo.InvariantCulture) : 1
            : int.TryParse(query["startIndex"], out var first) ? Math.Max(first, 1) : 1;
        var page = matching.Skip(start - 1).Take(count).Select(resource => Seen(kind, resource));
        var list = ScimMessages.List(page, matching.Count, start);
        if (rules.Cursors)
        {
            list.Remove("startIndex");
            if (start - 1 + count < matching.Count)
                list["nextCursor"] = $"c-{start + count}";
        }

        return list;
    }

    private List<JsonObject> Filtered(string kind, string? text, IEnumerable<JsonObject> all)
    {
        if (string.IsNullOrEmpty(text))
            return [.. all];
        if (!rules.Filter)
            throw new ScimException(403, null, "filters are not supported");
        var filter = ScimFilter.Parse(text);
        if (rules.FilterAttributes is { } allowed && !(filter.TryGetEquality(out var attribute, out _) && allowed.Contains(attribute)))
            throw new ScimException(400, "invalidFilter", $"'{text}' is not supported");
        return [.. all.Where(resource => filter.Matches(kind == "Users" ? WithGroups(resource) : resource))];
    }

    private JsonObject WithGroups(JsonObject user)
    {
        var copy = user.DeepClone().AsObject();
        var id = user["id"]!.ToString();
        copy["groups"] = new JsonArray([.. Groups.Where(group => Members(group).Contains(id)).Select(group => (JsonNode)new JsonObject { ["value"] = group["id"]!.ToString() })]);
        return copy;
    }

    private static IEnumerable<string> Members(JsonObject group) => (group["members"] as JsonArray ?? []).Select(member => member!["value"]!.ToString());

    private MemoryAnswer Create(string kind, SortedDictionary<string, JsonObject> all, JsonObject body)
    {
        if (kind == "Users" && rules.WantsPassword && body["password"] is null)
            throw new ScimException(400, "invalidValue", "a password is required");
        if (kind == "Users" && rules.RefusesDisabledCreation && body["active"]?.ToString() is "false" or "False")
            throw new ScimException(400, "invalidValue", "a new user is active");
        CheckMembers((body["members"] as JsonArray)?.Count ?? 0);
        body["id"] = $"{++_lastId:d8}";
        return Shown(201, kind, Store(kind, all, body));
    }

    private MemoryAnswer Replace(string kind, SortedDictionary<string, JsonObject> all, string id, JsonObject body, string? version)
    {
        var existing = Existing(all, id);
        if (kind == "Groups" && rules.RefusesToReplaceGroups)
            throw new ScimException(501, null, "groups are not replaced here");
        if (rules.NeedsVersion && string.IsNullOrEmpty(version))
            throw new ScimException(428, null, "which version is meant");
        if (rules.NeedsVersion && version != existing["meta"]!["version"]!.ToString())
            throw new ScimException(412, null, "it has changed since");
        body["id"] = id;
        return Shown(200, kind, Store(kind, all, body));
    }

    private MemoryAnswer Patch(string kind, SortedDictionary<string, JsonObject> all, string id, JsonObject body)
    {
        if (!rules.Patch)
            throw new ScimException(501, null, "there is no PATCH here");
        var changed = 0;
        foreach (var operation in body["Operations"] as JsonArray ?? [])
        {
            var path = operation!["path"]?.ToString();
            if (rules.RefusesPaths && kind == "Users" && path is not null)
                throw new ScimException(400, "invalidPath", "paths are not supported");
            if (path?.StartsWith("members", StringComparison.Ordinal) != true)
                continue;
            var replaces = operation["op"]!.ToString() == "replace" || (path == "members" && operation["op"]!.ToString() == "remove" && operation["value"] is null);
            if (replaces && rules.MostMembersPerRequest < int.MaxValue)
                throw new ScimException(400, "invalidValue", "all members at once cannot be replaced");
            if (operation["op"]!.ToString() == "remove" && path == "members" != rules.RemovesByValue)
                throw new ScimException(400, "invalidPath", $"members do not leave by '{path}'");
            changed += (operation["value"] as JsonArray)?.Count ?? 1;
        }

        CheckMembers(changed);
        return Shown(200, kind, Store(kind, all, ScimPatch.Apply(Existing(all, id), body)));
    }

    private void CheckMembers(int count)
    {
        if (count > rules.MostMembersPerRequest)
            throw new ScimException(413, null, $"{count} members are too many");
    }

    private JsonObject Store(string kind, SortedDictionary<string, JsonObject> all, JsonObject body)
    {
        var key = kind == "Users" ? "userName" : "displayName";
        var name = body[key]?.ToString() is { Length: > 0 } given ? given : throw new ScimException(400, "invalidValue", $"'{key}' is missing");
        var id = body["id"]!.ToString();
        if (all.Values.Any(other => other["id"]!.ToString() != id && name.Equals(other[key]!.ToString(), StringComparison.OrdinalIgnoreCase)))
            throw new ScimException(409, "uniqueness", $"'{name}' is taken");
        foreach (var member in body["members"] as JsonArray ?? [])
        {
            if (!_resources["Users"].ContainsKey(member?["value"]?.ToString() ?? ""))
                throw new ScimException(400, "invalidValue", $"there is no member '{member?["value"]}'");
        }

        var stored = body.DeepClone().AsObject();
        CheckContent(kind, stored);
        if (stored.Remove("password", out var password))
            _passwords[id] = password!.ToString();
        stored["meta"] = new JsonObject { ["resourceType"] = kind.TrimEnd('s'), ["version"] = $"W/\"{++_lastVersion}\"" };
        all[id] = stored;
        return stored;
    }

    private void CheckContent(string kind, JsonObject body)
    {
        if (kind == "Groups" && rules.GroupAttributes is { } allowed
            && body.Select(pair => pair.Key).FirstOrDefault(name => !s_core.Contains(name) && !allowed.Contains(name)) is { } foreign)
            throw new ScimException(400, "invalidValue", $"groups have no '{foreign}'");
        if (kind != "Users")
            return;
        if (rules.SingleValued.FirstOrDefault(name => body[name] is JsonArray { Count: > 1 }) is { } many)
            throw new ScimException(400, "invalidValue", $"'{many}' has one value");
        foreach (var path in rules.Required)
        {
            if (path.Split('.').Aggregate((JsonNode?)body, (node, step) => node?[step]) is null)
                throw new ScimException(400, "invalidValue", $"'{path}' is required");
        }

        if (rules.WantsStringBooleans && body["active"] is JsonValue flag)
            body["active"] = flag.GetValueKind() == JsonValueKind.String ? bool.Parse(flag.ToString()) : throw new ScimException(400, "invalidValue", "active is a string");
    }

    private MemoryAnswer Shown(int status, string kind, JsonObject resource) =>
        new(status, Seen(kind, resource), rules.NeedsVersion ? resource["meta"]!["version"]!.ToString() : null);

    private JsonObject Seen(string kind, JsonObject resource)
    {
        var seen = resource.DeepClone().AsObject();
        if (kind == "Groups" && rules.HidesMembers)
            seen["members"] = new JsonArray();
        return seen;
    }

    private MemoryAnswer Bulk(JsonObject body, int size)
    {
        var operations = body["Operations"]!.AsArray();
        if (body["schemas"]![0]!.ToString() != ScimSchemas.BulkRequest)
            throw new ScimException(400, "invalidSyntax", "that is no bulk request");
        if (operations.Count > rules.BulkOperations || size > rules.BulkPayload)
            throw new ScimException(413, null, "the bulk request is too large");
        var results = operations.Select(operation =>
        {
            var (method, path) = (operation!["method"]!.ToString(), operation["path"]!.ToString());
            var result = new JsonObject { ["method"] = method, ["location"] = path };
            try
            {
                var answer = Answer(method, path.Split('/', StringSplitOptions.RemoveEmptyEntries), new QueryCollection(), () => operation["data"]!.DeepClone().AsObject(), null);
                result["status"] = answer.Status.ToString(CultureInfo.InvariantCulture);
            }
            catch (ScimException refusal)
            {
                result["status"] = refusal.Status.ToString(CultureInfo.InvariantCulture);
                result["response"] = ScimMessages.Error(refusal.Status, refusal.ScimType, refusal.Message);
            }

            return (JsonNode)result;
        });
        return new MemoryAnswer(200, new JsonObject
        {
            ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:BulkResponse"), ["Operations"] = new JsonArray([.. results]),
        });
    }

    private MemoryAnswer Delete(SortedDictionary<string, JsonObject> all, string id)
    {
        Existing(all, id);
        all.Remove(id);
        foreach (var group in _resources["Groups"].Values)
            (group["members"] as JsonArray)?.RemoveAll(member => member?["value"]?.ToString() == id);
        return new MemoryAnswer(204);
    }

    private static JsonObject Existing(SortedDictionary<string, JsonObject> all, string id) =>
        all.TryGetValue(id, out var resource) ? resource : throw new ScimException(404, null, $"there is no '{id}'");
}
