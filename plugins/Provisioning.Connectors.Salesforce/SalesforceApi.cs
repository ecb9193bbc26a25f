using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Provisioning.Http;

namespace Provisioning.Connectors.Salesforce;

/// <summary>The calls of the REST API. Refusals are <see cref="ConnectorException"/>s.</summary>
internal sealed class SalesforceApi(HttpTransport http, string version) : IDisposable
{
    /// <summary>The most records that one call of a collection takes.</summary>
    public const int MostRecords = 200;

    private readonly string _root = $"services/data/{version}/";

    public ApiUsage Usage { get; } = new();

    public Task<JsonObject> GetAsync(string path, CancellationToken cancellationToken, bool isItem = false) =>
        ObjectAsync(new HttpCall(HttpMethod.Get, _root + path) { IsItem = isItem }, cancellationToken);

    /// <summary>Streams the records of every page.</summary>
    public async IAsyncEnumerable<JsonObject> QueryAsync(string soql, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var guard = new ListingGuard();
        long seen = 0;
        var next = $"{_root}query?q={Uri.EscapeDataString(soql)}";
        while (true)
        {
            var page = await ObjectAsync(new HttpCall(HttpMethod.Get, next), cancellationToken);
            var found = JsonText.Listed(page["records"]);
            seen += found.Count;
            foreach (var record in found)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return record;
            }

            if (page.Flag("done") == true && page["totalSize"] is JsonValue size && size.TryGetValue<long>(out var total) && total > seen)
                throw new ConnectorException(FailureKind.Transient, $"the listing ended after {seen} of {total} objects");
            if (page.Flag("done") == true)
                yield break;
            var url = page.Text("nextRecordsUrl")
                ?? throw new ConnectorException(FailureKind.Transient, "the listing is not done and has no next page");
            next = url.StartsWith("/services/data/", StringComparison.Ordinal)
                ? url[1..]
                : throw new ConnectorException(FailureKind.Rejected, "the listing names a next page that is not Salesforce's");
            guard.Turn(next, found.Count);
        }
    }

    /// <summary>Makes an object and returns its id; a lost answer is ambiguous.</summary>
    public async Task<string> CreateAsync(string type, JsonObject body, CancellationToken cancellationToken)
    {
        var call = new HttpCall(HttpMethod.Post, $"{_root}sobjects/{type}", HttpBody.Json(body)) { Creates = true };
        return Id(await ObjectAsync(call, cancellationToken));
    }

    /// <summary>Makes the object with an external id, or changes the one that has it; returns the id, or null when Salesforce did not say.</summary>
    public async Task<string?> UpsertAsync(string type, string field, string value, JsonObject body, CancellationToken cancellationToken)
    {
        var path = $"{_root}sobjects/{type}/{field}/{Addresses.Segment(value)}";
        var answer = await SendAsync(new HttpCall(HttpMethod.Patch, path, HttpBody.Json(body)) { Creates = true }, cancellationToken);
        return answer.Status == 204 ? null : Id(answer.Json);
    }

    public Task UpdateAsync(string type, string id, JsonObject body, CancellationToken cancellationToken) =>
        SendAsync(new HttpCall(HttpMethod.Patch, Item(type, id), HttpBody.Json(body)) { IsItem = true }, cancellationToken);

    public Task SetPasswordAsync(string id, Secret password, CancellationToken cancellationToken)
    {
        var body = HttpBody.Json(new JsonObject { ["NewPassword"] = password.Reveal() });
        return SendAsync(new HttpCall(HttpMethod.Post, Item("User", id) + "/password", body) { IsItem = true, Secret = password.Reveal() }, cancellationToken);
    }

    public Task DeleteAsync(string type, string id, CancellationToken cancellationToken) =>
        SendAsync(new HttpCall(HttpMethod.Delete, Item(type, id)) { IsItem = true }, cancellationToken);

    /// <summary>Makes up to <see cref="MostRecords"/> records with one call; one result for each, in order.</summary>
    public Task<IReadOnlyList<RecordResult>> CreateManyAsync(string type, IEnumerable<JsonObject> records, CancellationToken cancellationToken)
    {
        var list = new JsonArray();
        foreach (var record in records)
        {
            record["attributes"] = new JsonObject { ["type"] = type };
            list.Add((JsonNode)record);
        }

        var body = HttpBody.Json(new JsonObject { ["allOrNone"] = false, ["records"] = list });
        return ManyAsync(new HttpCall(HttpMethod.Post, _root + "composite/sobjects", body) { Creates = true }, list.Count, cancellationToken);
    }

    /// <summary>Deletes up to <see cref="MostRecords"/> records with one call; one result for each, in order.</summary>
    public Task<IReadOnlyList<RecordResult>> DeleteManyAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        var path = $"{_root}composite/sobjects?ids={string.Join(',', ids.Select(Uri.EscapeDataString))}&allOrNone=false";
        return ManyAsync(new HttpCall(HttpMethod.Delete, path), ids.Count, cancellationToken);
    }

    public ConnectorException Failure(SalesforceError error) => SalesforceFailure.From(error, Usage, http.Redactor);

    public void Dispose() => http.Dispose();

    private string Item(string type, string id) => $"{_root}sobjects/{type}/{Addresses.Segment(id)}";

    private static string Id(JsonObject? answer) => answer?.Id()
        ?? throw new ConnectorException(FailureKind.Ambiguous, "the answer to a creation has no id that can be kept");

    private async Task<IReadOnlyList<RecordResult>> ManyAsync(HttpCall call, int count, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(call, cancellationToken);
        if (answer.List is not { } list || list.Count != count)
        {
            throw new ConnectorException(
                call.Creates ? FailureKind.Ambiguous : FailureKind.Transient, $"HTTP {answer.Status}: the answer has no result for each of {count} records");
        }

        return [.. list.Select(RecordResult.Read)];
    }

    private async Task<JsonObject> ObjectAsync(HttpCall call, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(call, cancellationToken);
        return answer.Json ?? throw HttpFailure.Unreadable(call, answer, "a JSON object");
    }

    private async Task<HttpAnswer> SendAsync(HttpCall call, CancellationToken cancellationToken)
    {
        var answer = await http.SendAsync(call, cancellationToken);
        Usage.Note(answer);
        if (answer is { IsSuccess: true, IsPage: true })
            throw HttpFailure.Unreadable(call, answer, "Salesforce's");
        return answer.IsSuccess ? answer : throw SalesforceFailure.From(call, answer, Usage, http.RedactorOf(call));
    }
}
