using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Provisioning.FakeServers;
using Provisioning.Scim;
using Provisioning.Testing;

namespace Provisioning.Connectors.Scim11.Tests;

/// <summary>A SCIM 1.1 server over HTTP that answers from state and refuses what the standard does not allow, 2.0 above all.</summary>
internal sealed class StrictServer : IHttpTarget, IAsyncDisposable
{
    public const string Password = "strict-server-9a1c";
    public const string Core = "urn:scim:schemas:core:1.0";
    public const string Enterprise = "urn:scim:schemas:extension:enterprise:1.0";

    private static readonly HashSet<string> s_known = new(
        ["schemas", "id", "externalId", "meta", "userName", "displayName", "name", "title", "nickName", "emails", "phoneNumbers", "active", "password", "members", Enterprise]);

    private readonly WebApplication _app;
    private readonly ServerRules _rules;
    private readonly Lock _lock = new();
    private Func<HttpRequest, RawAnswer?>? _instead;
    private readonly Dictionary<string, SortedDictionary<string, JsonObject>> _resources = new() { ["Users"] = [], ["Groups"] = [] };
    private long _last;

    private StrictServer(WebApplication app, ServerRules rules) => (_app, _rules) = (app, rules);

    public ConcurrentQueue<(string Method, string Path, string Body)> Requests { get; } = new();

    public ConcurrentDictionary<string, string> Passwords { get; } = new();

    public IReadOnlyCollection<JsonObject> Users => _resources["Users"].Values;

    public IReadOnlyCollection<JsonObject> Groups => _resources["Groups"].Values;

    public IPEndPoint EndPoint => IPEndPoint.Parse(new Uri(_app.Urls.First()).Authority);

    public static async Task<StrictServer> StartAsync(ServerRules? rules = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new StrictServer(builder.Build(), rules ?? new ServerRules());
        server._app.Run(server.HandleAsync);
        await server._app.StartAsync();
        return server;
    }

    public Scim11Connector Connect(Action<Scim11Settings>? change = null)
    {
        IConnectorFactory factory = new Scim11ConnectorFactory();
        return (Scim11Connector)factory.Create(Settings(change), new ConnectorContext("test", ".", TimeProvider.System));
    }

    public Scim11Settings Settings(Action<Scim11Settings>? change = null)
    {
        var settings = new Scim11Settings
        {
            BaseUrl = $"http://{EndPoint}/v1", MemberBatch = 5, OverrideMethod = _rules.OverridesMethod,
            Authentication = new() { UserName = "host", Password = new Secret(Password) },
        };
        change?.Invoke(settings);
        return settings;
    }

    public void Answer(RawAnswer answer, bool toReads) => _instead = request => toReads || request.Method != "GET" ? answer : null;

    public IConnector Open(IPEndPoint by) => Connect(settings => settings.BaseUrl = $"http://{by}/v1");

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext http)
    {
        if (_instead?.Invoke(http.Request) is { } raw)
        {
            await raw.WriteAsync(http);
            return;
        }

        using var reader = new StreamReader(http.Request.Body);
        var text = await reader.ReadToEndAsync();
        var (status, body, version) = (500, (JsonObject?)null, (string?)null);
        try
        {
            var credentials = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"host:{Password}"));
            if (http.Request.Headers.Authorization != $"Basic {credentials}")
                throw new Refusal(401, "Authorization failure");
            lock (_lock)
                (status, body, version) = Answer(http.Request, text);
        }
        catch (Refusal refusal)
        {
            var error = new JsonObject { ["description"] = refusal.Message, ["code"] = refusal.Status.ToString(CultureInfo.InvariantCulture) };
            (status, body) = (refusal.Status, new JsonObject { ["Errors"] = new JsonArray(error) });
        }

        http.Response.StatusCode = status;
        if (version is not null)
            http.Response.Headers.ETag = version;
        if (body is null)
            return;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(body.ToJsonString());
    }

    private (int, JsonObject?, string?) Answer(HttpRequest request, string text)
    {
        var method = request.Method;
        if (request.Headers.TryGetValue("X-HTTP-Method-Override", out var real) && method == "POST")
            method = real.ToString();
        else if (_rules.OverridesMethod && method == "PATCH")
            throw new Refusal(405, "PATCH does not pass here");
        var parts = request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        Requests.Enqueue((method, string.Join('/', parts[1..]), text));
        if (parts is ["v1", "ServiceProviderConfigs"] && _rules.TellsFeatures)
            return (200, ServerDescriptions.Configuration(_rules), null);
        if (parts is ["v1", "Schemas", var described] && _resources.ContainsKey(described))
            return (200, ServerDescriptions.Schema(described), null);
        if (parts.Length is < 2 or > 3 || !_resources.TryGetValue(parts[1], out var all) || (parts[1] == "Groups" && !_rules.Groups))
            throw new Refusal(404, "Not found");
        var id = parts.Length == 3 ? Uri.UnescapeDataString(parts[2]) : null;
        return (method, id) switch
        {
            ("GET", null) => (200, Query(request.Query, all.Values), null),
            ("POST", null) => Store(201, parts[1], all, $"{++_last:d8}", Body(request, text)),
            ("GET", not null) => (200, Existing(all, id), Version(Existing(all, id))),
            ("PUT", not null) => Replace(parts[1], all, id, Body(request, text), request.Headers.IfMatch),
            ("PATCH", not null) when _rules.Patch => Store(200, parts[1], all, id, PatchSemantics.Apply(Existing(all, id), Body(request, text))),
            ("DELETE", not null) => Delete(all, id),
            _ => throw new Refusal(501, "Not implemented"),
        };
    }

    private static string? Version(JsonObject resource) => resource["meta"]!["version"]!.ToString();

    private static JsonObject Body(HttpRequest request, string text)
    {
        if (request.ContentType?.StartsWith("application/json", StringComparison.Ordinal) != true)
            throw new Refusal(415, $"the media type is '{request.ContentType}'");
        JsonObject body;
        try
        {
            body = JsonNode.Parse(text) as JsonObject ?? throw new Refusal(400, "that is no resource");
        }
        catch (JsonException)
        {
            throw new Refusal(400, "that is no JSON");
        }

        var schemas = (body["schemas"] as JsonArray ?? []).Select(schema => schema!.ToString()).ToList();
        if (!schemas.Contains(Core) || schemas.Exists(schema => schema is not (Core or Enterprise)))
            throw new Refusal(400, $"the schemas are '{string.Join("', '", schemas)}'");
        foreach (var (name, _) in body)
        {
            if (!s_known.Contains(name))
                throw new Refusal(400, $"there is no attribute '{name}'");
            if (name.StartsWith("urn:", StringComparison.Ordinal) && !schemas.Contains(name))
                throw new Refusal(400, $"'{name}' is not among the schemas");
        }

        return body;
    }

    private JsonObject Query(IQueryCollection query, IEnumerable<JsonObject> all)
    {
        if (query.ContainsKey("filter") && !_rules.Filter)
            throw new Refusal(400, "filters are not supported");
        var filter = query["filter"].ToString() is { Length: > 0 } text ? ScimFilter.Parse(text) : null;
        if (filter?.TryGetEquality(out var attribute, out _) == true && attribute == "externalId" && !_rules.SearchesByMarker)
            throw new Refusal(400, "filters by externalId are not supported");
        var matching = all.Where(resource => filter?.Matches(resource) ?? true).ToList();
        var start = int.TryParse(query["startIndex"], out var first) ? Math.Max(first, 1) : 1;
        var count = int.TryParse(query["count"], out var wanted) ? Math.Clamp(wanted, 0, _rules.MostPerPage) : _rules.MostPerPage;
        var page = matching.Skip(start - 1).Take(count).Select(resource => (JsonNode)resource.DeepClone()).ToArray();
        return new JsonObject
        {
            ["schemas"] = new JsonArray(Core), ["totalResults"] = matching.Count, ["itemsPerPage"] = page.Length, ["startIndex"] = start,
            ["Resources"] = new JsonArray(page),
        };
    }

    private (int, JsonObject?, string?) Replace(string kind, SortedDictionary<string, JsonObject> all, string id, JsonObject body, string? version)
    {
        if (_rules.NeedsVersion && version != Version(Existing(all, id)))
            throw new Refusal(412, "the version does not match");
        Existing(all, id);
        return Store(200, kind, all, id, body);
    }

    private (int, JsonObject?, string?) Store(int status, string kind, SortedDictionary<string, JsonObject> all, string id, JsonObject body)
    {
        var key = kind == "Users" ? "userName" : "displayName";
        var name = body[key]?.ToString() is { Length: > 0 } given ? given : throw new Refusal(400, $"'{key}' is missing");
        if (all.Any(pair => pair.Key != id && name.Equals(pair.Value[key]!.ToString(), StringComparison.OrdinalIgnoreCase)))
            throw new Refusal(409, $"'{name}' is taken");
        foreach (var member in body["members"] as JsonArray ?? [])
        {
            if (!_resources["Users"].ContainsKey(member!["value"]!.ToString()))
                throw new Refusal(400, $"there is no member '{member["value"]}'");
        }

        var stored = body.DeepClone().AsObject();
        if (stored[Enterprise]?["manager"] is JsonObject manager && manager.Any(pair => pair.Key is not ("managerId" or "displayName")))
            throw new Refusal(400, "a manager has a managerId");
        if (stored.Remove("password", out var password))
            Passwords[id] = password!.ToString();
        stored["id"] = id;
        stored["meta"] = new JsonObject { ["version"] = $"W/\"{++_last}\"" };
        all[id] = stored;
        return (status, stored.DeepClone().AsObject(), Version(stored));
    }

    private (int, JsonObject?, string?) Delete(SortedDictionary<string, JsonObject> all, string id)
    {
        Existing(all, id);
        all.Remove(id);
        foreach (var group in _resources["Groups"].Values)
            (group["members"] as JsonArray)?.RemoveAll(member => member!["value"]!.ToString() == id);
        return (200, null, null);
    }

    private static JsonObject Existing(SortedDictionary<string, JsonObject> all, string id) =>
        all.TryGetValue(id, out var resource) ? resource.DeepClone().AsObject() : throw new Refusal(404, $"Resource {id} not found");
}
