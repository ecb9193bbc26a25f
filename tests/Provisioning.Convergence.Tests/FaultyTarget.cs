using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Provisioning.Convergence.Tests;

/// <summary>
/// A SCIM server over HTTP that keeps objects and goes wrong when it is told to. Unless told so, it refuses no name: an account that is
/// made twice is there twice.
/// </summary>
internal sealed partial class FaultyTarget(TimeProvider time) : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Operation, TargetFault Fault)> _faults = new();
    private readonly ConcurrentDictionary<string, JsonObject> _objects = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _lock = new();
    private WebApplication? _app;
    private Dictionary<string, JsonObject>? _before;
    private int _stuck;
    private int _hidden;
    private int _stale;

    public string Url => _app!.Urls.First();

    /// <summary>A request waits that will never be answered.</summary>
    public bool IsStuck => Volatile.Read(ref _stuck) > 0;

    /// <summary>Refuses a second object of the same name.</summary>
    public bool RefusesNames { get; set; }

    /// <summary>How many objects of a kind were made, whatever became of them.</summary>
    public int Made { get; private set; }

    public ConcurrentQueue<string> Requests { get; } = new();

    public IReadOnlyList<JsonObject> Users => [.. _objects.Values.Where(x => x["kind"]!.ToString() == "Users")];

    public IReadOnlyList<JsonObject> Groups => [.. _objects.Values.Where(x => x["kind"]!.ToString() == "Groups")];

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(HandleAsync);
        await _app.StartAsync();
    }

    /// <summary>The next request of this kind (create, find, change, delete) goes wrong.</summary>
    public void Break(string operation, TargetFault fault) => _faults.Enqueue((operation, fault));

    /// <summary>Somebody else changes an object, or a host that dies before it hears of it.</summary>
    public void Change(string id, JsonObject patch)
    {
        lock (_lock)
            ScimPatches.Apply(_objects[id], patch);
    }

    /// <summary>The next searches do not see what was made before.</summary>
    public void Hide(int searches) => _hidden = searches;

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _app!.DisposeAsync();
        _closing.Dispose();
    }

    private static string Operation(string method) => method switch
    {
        "POST" => "create",
        "GET" => "find",
        "DELETE" => "delete",
        _ => "change",
    };

    private async Task HandleAsync(HttpContext http)
    {
        var body = http.Request.ContentLength is null or 0 ? null : (await JsonNode.ParseAsync(http.Request.Body))!.AsObject();
        var operation = Operation(http.Request.Method);
        Requests.Enqueue($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}");
        if (!_faults.TryPeek(out var next) || next.Operation != operation || !_faults.TryDequeue(out next))
        {
            await AnswerAsync(http, Do(http.Request, body));
            return;
        }

        switch (next.Fault)
        {
            case TargetFault.Refuses:
                http.Response.StatusCode = 503;
                break;
            case TargetFault.HtmlError:
                await AnswerAsync(http, (502, null), "<html><body>Bad Gateway</body></html>", "text/html");
                break;
            case TargetFault.Hangs:
                await StayAsync(http);
                break;
            case TargetFault.Drips:
                Do(http.Request, body);
                http.Response.ContentType = "application/scim+json";
                await http.Response.WriteAsync("{ \"id\"");
                await http.Response.Body.FlushAsync();
                await StayAsync(http);
                break;
            case TargetFault.DropsBefore:
                http.Abort();
                break;
            case TargetFault.DropsAfter:
                Do(http.Request, body);
                http.Abort();
                break;
            case TargetFault.AnswersGarbage:
                Do(http.Request, body);
                await AnswerAsync(http, (200, null), "it is \0 done }{", "application/scim+json");
                break;
            case TargetFault.DoesHalf:
                Do(http.Request, Half(body));
                http.Response.StatusCode = 500;
                break;
            case TargetFault.Truncates:
                await TruncateAsync(http, Do(http.Request, body));
                break;
            case TargetFault.LagsBehind:
                _before = _objects.ToDictionary(x => x.Key, x => x.Value.DeepClone().AsObject());
                _stale = 2;
                Do(http.Request, body);
                http.Abort();
                break;
            case TargetFault.Conflicts:
                await AnswerAsync(http, Error(409, "uniqueness"));
                break;
            case TargetFault.RefusesCredentials:
                http.Response.StatusCode = 401;
                break;
            default:
                http.Response.StatusCode = 429;
                if (next.Fault == TargetFault.ThrottlesForSeconds)
                    http.Response.Headers.RetryAfter = "7";
                else if (next.Fault == TargetFault.ThrottlesUntilDate)
                    http.Response.Headers.RetryAfter = time.GetUtcNow().AddSeconds(9).ToString("R", CultureInfo.InvariantCulture);
                else if (next.Fault == TargetFault.ThrottlesUntilReset)
                    http.Response.Headers["RateLimit-Reset"] = "6";
                break;
        }
    }

    private static JsonObject? Half(JsonObject? body)
    {
        if (body?["Operations"] is JsonArray operations)
            while (operations.Count > (operations.Count + 1) / 2)
                operations.RemoveAt(operations.Count - 1);
        foreach (var members in (JsonArray?[])[body?["members"] as JsonArray, (body?["Operations"] as JsonArray)?[0]?["value"] as JsonArray])
            for (var i = members?.Count / 2; i > 0; i--)
                members!.RemoveAt(members.Count - 1);
        return body;
    }

    private static async Task TruncateAsync(HttpContext http, (int Status, JsonNode? Body) answer)
    {
        if (answer.Body?["Resources"] is JsonArray list)
        {
            answer.Body["totalResults"] = list.Count + 1;
            list.Clear();
            await AnswerAsync(http, answer);
            return;
        }

        var text = answer.Body?.ToJsonString() ?? "";
        (http.Response.StatusCode, http.Response.ContentType, http.Response.ContentLength) = (200, "application/scim+json", text.Length + 100);
        await http.Response.WriteAsync(text[..(text.Length / 2)]);
        await http.Response.Body.FlushAsync();
        http.Abort();
    }

    private async Task StayAsync(HttpContext http)
    {
        Interlocked.Increment(ref _stuck);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, _closing.Token);
        try
        {
            await Task.Delay(Timeout.Infinite, end.Token);
        }
        catch (OperationCanceledException)
        {
            Interlocked.Decrement(ref _stuck);
            http.Abort();
        }
    }

    private (int Status, JsonNode? Body) Do(HttpRequest request, JsonObject? body)
    {
        lock (_lock)
        {
            var parts = request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries)[2..];
            if (request.Method == "POST")
                return Create(parts[0], body!);
            if (parts.Length == 1)
                return (200, Search(parts[0], request.Query["filter"].ToString()));
            if (request.Method == "GET" && _stale-- > 0 && _before!.TryGetValue(parts[1], out var old))
                return (200, old.DeepClone());
            if (!_objects.TryGetValue(parts[1], out var found))
                return Error(404, null);
            if (request.Method == "DELETE")
                _objects.TryRemove(parts[1], out _);
            else if (request.Method != "GET")
                ScimPatches.Apply(found, body!);
            return request.Method == "DELETE" ? (204, null) : (200, found.DeepClone());
        }
    }

    private (int, JsonNode?) Create(string kind, JsonObject body)
    {
        var name = kind == "Users" ? "userName" : "displayName";
        if (RefusesNames && _objects.Values.Any(x => x["kind"]!.ToString() == kind && x[name]?.ToString() == body[name]?.ToString()))
            return Error(409, "uniqueness");
        Made++;
        var id = $"t{Made}";
        var made = body.DeepClone().AsObject();
        (made["id"], made["kind"]) = (id, kind);
        _objects[id] = made;
        return (201, made.DeepClone());
    }

    private JsonObject Search(string kind, string filter)
    {
        var match = Filter().Match(filter);
        var found = (_stale-- > 0 ? _before!.Values : _objects.Values).Where(x => x["kind"]!.ToString() == kind && x[match.Groups[1].Value]?.ToString() == match.Groups[2].Value).ToList();
        if (_hidden > 0)
        {
            _hidden--;
            found = [];
        }

        return new JsonObject { ["totalResults"] = found.Count, ["Resources"] = new JsonArray([.. found.Select(x => x.DeepClone())]) };
    }

    private static (int, JsonNode?) Error(int status, string? type) => (status, new JsonObject
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:Error"), ["status"] = status.ToString(CultureInfo.InvariantCulture), ["scimType"] = type,
    });

    private static Task AnswerAsync(HttpContext http, (int Status, JsonNode? Body) answer) =>
        AnswerAsync(http, answer, answer.Body?.ToJsonString() ?? "", "application/scim+json");

    private static Task AnswerAsync(HttpContext http, (int Status, JsonNode? Body) answer, string text, string type)
    {
        http.Response.StatusCode = answer.Status;
        if (text.Length == 0)
            return Task.CompletedTask;
        http.Response.ContentType = type;
        return http.Response.WriteAsync(text);
    }

    [GeneratedRegex("^(\\w+) eq \"(.*)\"$")]
    private static partial Regex Filter();
}
