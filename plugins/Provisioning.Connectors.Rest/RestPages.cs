using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Provisioning.Http;

namespace Provisioning.Connectors.Rest;

/// <summary>Reads all pages of a listing, in the way that its templates and settings tell.</summary>
internal sealed class RestPages(RestCaller caller, int pageSize)
{
    public async IAsyncEnumerable<JsonNode?> ReadAsync(
        RestOperation operation, JsonObject values, OperationContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        values[Names.Limit] = pageSize;
        var (page, offset) = (operation.FirstPage, 0);
        string? link = null;
        string? before = null;
        var guard = new ListingGuard();
        while (true)
        {
            (values[Names.Page], values[Names.Offset]) = (page, offset);
            var answer = link is null
                ? await caller.SendAsync(operation, values, context, cancellationToken)
                : await caller.FollowAsync(operation, link, values, context, cancellationToken);
            var items = RestReader.Items(operation, answer);
            var text = items.Count == 0 ? null : items[0]?.ToJsonString();
            if (text is not null && text == before)
                throw new ConnectorException(FailureKind.Transient, $"'{operation.Path}' gives the same page again; check how it is paged");
            foreach (var item in items)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return item;
            }

            before = text;
            (page, offset) = (page + 1, offset + items.Count);
            if (!MoveOn(operation, answer, items.Count, values, ref link))
                yield break;
            if ((link ?? values[Names.Cursor]?.ToString()) is { } next)
                guard.Turn(next, items.Count);
        }
    }

    private static bool MoveOn(RestOperation operation, HttpAnswer answer, int count, JsonObject values, ref string? link)
    {
        if (operation.NextLink is { } next)
        {
            link = next.Equals("header:Link", StringComparison.OrdinalIgnoreCase)
                ? LinkHeader.Next(answer.Headers.TryGetValues("Link", out var headers) ? headers : [])
                : JsonPath.Text(RestAnswers.Document(answer), next);
            return link is not null;
        }

        if (operation.NextCursor is { } path)
        {
            values[Names.Cursor] = JsonPath.Text(RestAnswers.Document(answer), path);
            return values[Names.Cursor] is not null;
        }

        // A server may give less than was asked for, so only an empty page is the end.
        return count > 0 && Template.Names(operation.Path).Any(name => name is Names.Page or Names.Offset);
    }
}
