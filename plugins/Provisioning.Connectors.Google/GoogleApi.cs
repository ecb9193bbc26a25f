using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Provisioning.Http;

namespace Provisioning.Connectors.Google;

/// <summary>The calls of the Directory API. Refusals are <see cref="ConnectorException"/>s.</summary>
internal sealed class GoogleApi(HttpTransport http) : IDisposable
{
    private const string Root = "admin/directory/v1/";

    public Task<JsonObject> GetAsync(string path, CancellationToken cancellationToken, bool isItem = false) =>
        ObjectAsync(new HttpCall(HttpMethod.Get, Root + path) { IsItem = isItem }, cancellationToken);

    /// <summary>The object, or null when it does not exist.</summary>
    public async Task<JsonObject?> FindAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(path, cancellationToken, isItem: true);
        }
        catch (ConnectorException failure) when (failure.Kind == FailureKind.Gone || GoogleFailure.Is(failure, 400, "invalid"))
        {
            // What is no e-mail address cannot be a key either.
            return null;
        }
    }

    /// <summary>Makes an object: a lost answer is ambiguous.</summary>
    public Task<JsonObject> CreateAsync(string path, JsonObject body, CancellationToken cancellationToken) =>
        ObjectAsync(new HttpCall(HttpMethod.Post, Root + path, HttpBody.Json(body)) { Creates = true, Secret = body.Text("password") }, cancellationToken);

    /// <summary>Does something to an object that exists, and can be repeated.</summary>
    public Task<HttpAnswer> PostAsync(string path, JsonObject? body, CancellationToken cancellationToken) =>
        SendAsync(new HttpCall(HttpMethod.Post, Root + path, body is null ? null : HttpBody.Json(body)) { IsItem = true }, cancellationToken);

    /// <summary>Brings a deleted user back; a lost answer leaves open whether it is there.</summary>
    public Task UndeleteAsync(string id, string orgUnitPath, CancellationToken cancellationToken)
    {
        var body = HttpBody.Json(new JsonObject { ["orgUnitPath"] = orgUnitPath });
        return SendAsync(new HttpCall(HttpMethod.Post, $"{Root}users/{Addresses.Segment(id)}/undelete", body) { Creates = true }, cancellationToken);
    }

    public Task<JsonObject> PatchAsync(string path, JsonObject body, CancellationToken cancellationToken) =>
        ObjectAsync(new HttpCall(HttpMethod.Patch, Root + path, HttpBody.Json(body)) { IsItem = true, Secret = body.Text("password") }, cancellationToken);

    public Task DeleteAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(new HttpCall(HttpMethod.Delete, Root + path) { IsItem = true }, cancellationToken);

    /// <summary>Streams the objects of every page.</summary>
    public async IAsyncEnumerable<JsonObject> PagesAsync(
        string path, string collection, bool isItem, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var guard = new ListingGuard();
        string? next = null;
        do
        {
            var page = await GetAsync(next is null ? path : $"{path}&pageToken={Uri.EscapeDataString(next)}", cancellationToken, isItem);
            var found = Listed(page, collection);
            foreach (var item in found)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return item;
            }

            next = page.Text("nextPageToken");
            if (next is not null)
                guard.Turn(next, found.Count);
        }
        while (next is not null);
    }

    public void Dispose() => http.Dispose();

    // Google leaves an empty collection out, but always says what the answer is.
    private static IReadOnlyList<JsonObject> Listed(JsonObject page, string collection)
    {
        if (page[collection] is { } entries)
            return JsonText.Listed(entries);
        return page.Text("kind") is not null ? []
            : throw new ConnectorException(FailureKind.Transient, $"the answer has neither '{collection}' nor a 'kind', so it is no listing");
    }

    private async Task<JsonObject> ObjectAsync(HttpCall call, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(call, cancellationToken);
        return answer.Json ?? throw HttpFailure.Unreadable(call, answer, "a JSON object");
    }

    private async Task<HttpAnswer> SendAsync(HttpCall call, CancellationToken cancellationToken)
    {
        var answer = await http.SendAsync(call, cancellationToken);
        if (answer is { IsSuccess: true, IsPage: true })
            throw HttpFailure.Unreadable(call, answer, "Google's");
        return answer.IsSuccess ? answer : throw GoogleFailure.From(call, answer, http.RedactorOf(call));
    }
}
