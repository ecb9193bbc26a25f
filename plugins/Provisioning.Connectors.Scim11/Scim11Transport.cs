using System.Text.Json.Nodes;
using Provisioning.Connectors.Scim;
using Provisioning.Http;
using Provisioning.Scim;

namespace Provisioning.Connectors.Scim11;

/// <summary>Sends requests and reads the errors of SCIM 1.1: a list with a description and a code each (protocol, section 3.9).</summary>
internal sealed class Scim11Transport(HttpTransport http, bool overrideMethod) : IDisposable
{
    public static Scim11Transport Create(Scim11Settings settings, ConnectorContext context)
    {
        var address = Addresses.ParseBase(settings.BaseUrl, "baseUrl");
        var wire = new HttpWire(settings.Connection, settings.Timeout, context);
        return new Scim11Transport(new HttpTransport(wire, address, settings.Authentication, context.Time), settings.OverrideMethod);
    }

    public Task<HttpAnswer> GetAsync(string path, bool isItem, CancellationToken cancellationToken) =>
        SendAsync(new HttpCall(HttpMethod.Get, path) { IsItem = isItem }, null, null, cancellationToken);

    public Task<HttpAnswer> PostAsync(string path, JsonObject body, string? secret, CancellationToken cancellationToken) =>
        SendAsync(new HttpCall(HttpMethod.Post, path, HttpBody.Json(body)) { Creates = true }, null, secret, cancellationToken);

    public Task<HttpAnswer> PutAsync(string path, JsonObject body, string? version, string? secret, CancellationToken cancellationToken) =>
        SendAsync(new HttpCall(HttpMethod.Put, path, HttpBody.Json(body)) { IsItem = true }, version, secret, cancellationToken);

    public Task<HttpAnswer> PatchAsync(string path, JsonObject body, string? secret, CancellationToken cancellationToken) =>
        SendAsync(new HttpCall(HttpMethod.Patch, path, HttpBody.Json(body)) { IsItem = true }, null, secret, cancellationToken);

    public Task<HttpAnswer> DeleteAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(new HttpCall(HttpMethod.Delete, path) { IsItem = true }, null, null, cancellationToken);

    public void Dispose() => http.Dispose();

    private async Task<HttpAnswer> SendAsync(HttpCall call, string? version, string? secret, CancellationToken cancellationToken)
    {
        var headers = new Dictionary<string, string> { ["User-Agent"] = "Provisioning" };
        if (version is not null)
            headers["If-Match"] = version;
        if (overrideMethod && call.Method == HttpMethod.Patch)
        {
            headers["X-HTTP-Method-Override"] = "PATCH";
            call = call with { Method = HttpMethod.Post };
        }

        call = call with { Headers = headers, Secret = secret };
        var answer = await http.SendAsync(call, cancellationToken);
        // A portal or a proxy that answers everything with a page did nothing of what was asked.
        if (answer is { IsSuccess: true, IsPage: true })
            throw HttpFailure.Unreadable(call, answer, "SCIM");
        if (answer.IsSuccess)
            return answer;
        var refusal = Refusal(call, answer, http.RedactorOf(call));
        return refusal.Kind == FailureKind.Misconfigured && answer.Status is 404 or 405 or 410 && (call.IsItem || call.Creates)
            ? throw await PlacedAsync(call, refusal, cancellationToken)
            : throw refusal;
    }

    /// <summary>What is missing may be the object or the whole service: where the words leave that open, the collection tells.</summary>
    private async Task<ConnectorException> PlacedAsync(HttpCall call, ConnectorException missing, CancellationToken cancellationToken)
    {
        var look = await GetAsync($"{call.Path.Split('/', '?')[0]}?startIndex=1&count=1", isItem: false, cancellationToken);
        if (look.Json is not { } page)
            return missing;
        _ = ScimPage.Listed(page);
        var kind = call.IsItem && !HttpFailure.HasStatus(missing, 405) ? FailureKind.Gone : FailureKind.Rejected;
        return new ConnectorException(kind, missing.Message, missing) { TargetCode = missing.TargetCode };
    }

    private static ConnectorException Refusal(HttpCall call, HttpAnswer answer, Redactor redactor)
    {
        var descriptions = Descriptions(answer.Json).ToList();
        var said = descriptions.Count > 0 ? string.Join("; ", descriptions) : answer.Said;
        var message = said is null ? $"HTTP {answer.Status}" : $"HTTP {answer.Status}: {said}";
        var kind = answer.Status switch
        {
            // Servers of that time say "already exists" with statuses of all kinds.
            400 or 500 when descriptions.Exists(static text => text.Contains("already exist", StringComparison.OrdinalIgnoreCase)) => FailureKind.Conflict,
            404 or 405 or 410 when descriptions.Count == 0 => FailureKind.Misconfigured,
            _ => HttpFailure.Kind(call, answer),
        };
        return HttpFailure.Create(kind, answer, message, null, redactor);
    }

    private static IEnumerable<string> Descriptions(JsonObject? body) =>
        body is not null && ScimAttributes.Find(body, "Errors") is JsonArray errors
            ? errors.OfType<JsonObject>().Select(error => ScimResource.Text(error, "description")).OfType<string>().Where(text => text.Length > 0)
            : [];
}
