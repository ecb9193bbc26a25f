using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Provisioning.Http;

namespace Provisioning.Connectors.Entra;

/// <summary>The calls of Microsoft Graph. Refusals are <see cref="ConnectorException"/>s.</summary>
internal sealed class GraphApi(HttpTransport http) : IDisposable
{
    private const string Root = "v1.0/";

    // What is searched by an index needs this said, since the index lags behind.
    private static readonly Dictionary<string, string> s_eventual = new() { ["ConsistencyLevel"] = "eventual" };

    public Task<JsonObject> GetAsync(string path, CancellationToken cancellationToken, bool isItem = false) =>
        ObjectAsync(new HttpCall(HttpMethod.Get, Root + path) { IsItem = isItem }, cancellationToken);

    /// <summary>The object, or null when it does not exist.</summary>
    public async Task<JsonObject?> FindAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(path, cancellationToken, isItem: true);
        }
        catch (ConnectorException failure) when (failure.Kind == FailureKind.Gone)
        {
            return null;
        }
    }

    /// <summary>Streams the objects of every page.</summary>
    /// <param name="path">The first page.</param>
    /// <param name="isItem">Whether the path names one object that can be gone.</param>
    /// <param name="eventual">Whether the filter needs the index.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async IAsyncEnumerable<JsonObject> PagesAsync(
        string path, bool isItem, bool eventual, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var guard = new ListingGuard();
        for (var next = Root + path; ;)
        {
            var call = new HttpCall(HttpMethod.Get, next) { IsItem = isItem, Headers = eventual ? s_eventual : [] };
            var page = await ObjectAsync(call, cancellationToken);
            var found = JsonText.Listed(page["value"]);
            foreach (var item in found)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return item;
            }

            if (page.Text("@odata.nextLink") is not { } link)
                yield break;
            next = Local(link);
            guard.Turn(next, found.Count);
        }
    }

    /// <summary>Makes an object: a lost answer is ambiguous.</summary>
    public Task<JsonObject> CreateAsync(string path, JsonObject body, CancellationToken cancellationToken) =>
        ObjectAsync(new HttpCall(HttpMethod.Post, Root + path, HttpBody.Json(body)) { Creates = true, Secret = Password(body) }, cancellationToken);

    /// <summary>Changes an object in a way that can be repeated.</summary>
    public Task ChangeAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken) =>
        SendAsync(new HttpCall(method, Root + path, body is null ? null : HttpBody.Json(body)) { IsItem = true, Secret = Password(body) }, cancellationToken);

    public void Dispose() => http.Dispose();

    /// <summary>The next page is asked for where the first was: a link must not lead the credentials elsewhere.</summary>
    private static string Local(string link) =>
        Uri.TryCreate(link, UriKind.Absolute, out var address) && address.AbsolutePath.StartsWith("/" + Root, StringComparison.Ordinal)
            ? address.PathAndQuery[1..]
            : throw new ConnectorException(FailureKind.Rejected, "the listing names a next page that is not Graph's");

    private static string? Password(JsonObject? body) => (body?[UserBody.Profile] as JsonObject)?.Text("password");

    private async Task<JsonObject> ObjectAsync(HttpCall call, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(call, cancellationToken);
        return answer.Json ?? throw HttpFailure.Unreadable(call, answer, "a JSON object");
    }

    private async Task<HttpAnswer> SendAsync(HttpCall call, CancellationToken cancellationToken)
    {
        var answer = await http.SendAsync(call, cancellationToken);
        if (answer is { IsSuccess: true, IsPage: true })
            throw HttpFailure.Unreadable(call, answer, "Graph's");
        return answer.IsSuccess ? answer : throw EntraFailure.From(call, answer, http.RedactorOf(call));
    }
}
