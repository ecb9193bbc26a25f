using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Provisioning.Scim;

namespace Provisioning.Connectors.Scim.Tests;

/// <summary>
/// A SCIM 2.0 server that keeps what it is sent, and is strict: it wants its token, the media type and the schemas, refuses a
/// name that is taken, members that do not exist, and answers errors as RFC 7644 says.
/// </summary>
internal sealed class MemoryTarget : IAsyncDisposable
{
    public const string Token = "memory-target-token-5f2c";

    private const int MostPerPage = 50;

    private readonly WebApplication _app;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SortedDictionary<string, JsonObject>> _resources = new(StringComparer.Ordinal)
    {
        ["Users"] = [], ["Groups"] = [],
    };

    private long _lastId;

    private MemoryTarget(WebApplication app) => _app = app;

    public IPEndPoint EndPoint => IPEndPoint.Parse(new Uri(_app.Urls.First()).Authority);

    public static async Task<MemoryTarget> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var target = new MemoryTarget(builder.Build());
        target._app.Run(target.HandleAsync);
        await target._app.StartAsync();
        return target;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var text = await reader.ReadToEndAsync();
        int status;
        JsonObject? answer;
        try
        {
            if (http.Request.Headers.Authorization != $"Bearer {Token}")
                throw new ScimException(401, null, "who are you");
            lock (_lock)
                (status, answer) = Answer(http.Request, text);
        }
        catch (ScimException refusal)
        {
            (status, answer) = (refusal.Status, ScimMessages.Error(refusal.Status, refusal.ScimType, refusal.Message));
        }

        http.Response.StatusCode = status;
        if (answer is null)
            return;
        http.Response.ContentType = "application/scim+json";
        await http.Response.WriteAsync(answer.ToJsonString());
    }

    private (int Status, JsonObject? Answer) Answer(HttpRequest request, string text)
    {
        var parts = request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is < 2 or > 3 || parts[0] != "scim" || !_resources.TryGetValue(parts[1], out var all))
            throw new ScimException(404, null, $"there is no '{request.Path}'");
        var id = parts.Length == 3 ? Uri.UnescapeDataString(parts[2]) : null;
        return (request.Method, id) switch
        {
            ("GET", null) => (200, Query(request.Query, all.Values)),
            ("POST", null) => (201, Create(parts[1], all, Body(request, text))),
            ("GET", not null) => (200, Existing(all, id)),
            ("PUT", not null) => (200, Replace(parts[1], all, id, Body(request, text))),
            ("PATCH", not null) => (200, Replace(parts[1], all, id, ScimPatch.Apply(Existing(all, id), Body(request, text)))),
            ("DELETE", not null) => Delete(all, id),
            _ => throw new ScimException(405, null, $"'{request.Method}' is not for '{request.Path}'"),
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

    private static JsonObject Query(IQueryCollection query, IEnumerable<JsonObject> all)
    {
        var filter = query["filter"].ToString() is { Length: > 0 } text ? ScimFilter.Parse(text) : null;
        var matching = all.Where(x => filter?.Matches(x) ?? true).ToList();
        var start = int.TryParse(query["startIndex"], out var first) ? Math.Max(first, 1) : 1;
        var count = int.TryParse(query["count"], out var wanted) ? Math.Clamp(wanted, 0, MostPerPage) : MostPerPage;
        return ScimMessages.List(matching.Skip(start - 1).Take(count).Select(x => x.DeepClone().AsObject()), matching.Count, start);
    }

    private JsonObject Create(string kind, SortedDictionary<string, JsonObject> all, JsonObject body)
    {
        body["id"] = $"{++_lastId:d8}";
        return Store(kind, all, body);
    }

    private JsonObject Replace(string kind, SortedDictionary<string, JsonObject> all, string id, JsonObject body)
    {
        Existing(all, id);
        body["id"] = id;
        return Store(kind, all, body);
    }

    private JsonObject Store(string kind, SortedDictionary<string, JsonObject> all, JsonObject body)
    {
        var key = kind == "Users" ? "userName" : "displayName";
        var name = body[key]?.ToString() is { Length: > 0 } given ? given : throw new ScimException(400, "invalidValue", $"'{key}' is missing");
        var id = body["id"]!.ToString();
        if (all.Values.Any(x => x["id"]!.ToString() != id && name.Equals(x[key]!.ToString(), StringComparison.OrdinalIgnoreCase)))
            throw new ScimException(409, "uniqueness", $"'{name}' is taken");
        foreach (var member in body["members"] as JsonArray ?? [])
        {
            if (!_resources["Users"].ContainsKey(member?["value"]?.ToString() ?? ""))
                throw new ScimException(400, "invalidValue", $"there is no member '{member?["value"]}'");
        }

        all[id] = body.DeepClone().AsObject();
        return all[id].DeepClone().AsObject();
    }

    private (int Status, JsonObject? Answer) Delete(SortedDictionary<string, JsonObject> all, string id)
    {
        Existing(all, id);
        all.Remove(id);
        foreach (var group in _resources["Groups"].Values)
            (group["members"] as JsonArray)?.RemoveAll(x => x?["value"]?.ToString() == id);
        return (204, null);
    }

    private static JsonObject Existing(SortedDictionary<string, JsonObject> all, string id) =>
        all.TryGetValue(id, out var resource) ? resource.DeepClone().AsObject() : throw new ScimException(404, null, $"there is no '{id}'");
}
