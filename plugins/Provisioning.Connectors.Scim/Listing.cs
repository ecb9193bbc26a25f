using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Provisioning.Http;
using Provisioning.Scim;

namespace Provisioning.Connectors.Scim;

/// <summary>Reads all pages of a query: by index (RFC 7644, section 3.4.2.4) or by cursor (RFC 9865).</summary>
internal sealed class Listing(ScimResources resources)
{
    /// <summary>Streams every resource once. Throws, and never ends early, if it cannot.</summary>
    public async IAsyncEnumerable<JsonObject> AllAsync(
        ResourceType type, string? filter, Dialect dialect, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var guard = new ListingGuard();
        var pages = dialect.UsesCursors
            ? ByCursorAsync(type, filter, dialect, guard, cancellationToken)
            : ByIndexAsync(type, filter, dialect, cancellationToken);
        await foreach (var page in pages)
        {
            foreach (var resource in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                guard.See(ScimPage.Id(resource));
                yield return resource;
            }
        }
    }

    /// <summary>The query for objects that satisfy a filter; members are left out, since groups can be large.</summary>
    public static string Query(ResourceType type, string? filter, Dialect dialect)
    {
        var parts = new List<string>();
        if (filter is not null)
            parts.Add("filter=" + Uri.EscapeDataString(filter));
        if (type == ResourceType.Group)
            parts.Add("excludedAttributes=members");
        return $"{ScimResources.Collection(type, dialect)}?{string.Join('&', parts)}";
    }

    private async IAsyncEnumerable<IReadOnlyList<JsonObject>> ByIndexAsync(
        ResourceType type, string? filter, Dialect dialect, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var listing = new IndexedListing(dialect.PageSize);
        while (!listing.IsOver)
        {
            var path = $"{Query(type, filter, dialect)}&startIndex={listing.Start}&count={dialect.PageSize}";
            if (await PageAsync(path, listing.IsBehind, cancellationToken) is not { } page)
                yield break;
            yield return listing.Take(page);
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<JsonObject>> ByCursorAsync(
        ResourceType type, string? filter, Dialect dialect, ListingGuard guard, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var cursor = ""; ;)
        {
            var page = await PageAsync($"{Query(type, filter, dialect)}&cursor={Uri.EscapeDataString(cursor)}&count={dialect.PageSize}", mayBeBehind: false, cancellationToken);
            var found = ScimPage.Listed(page!);
            yield return found;
            if (ScimResource.Text(page!, "nextCursor") is not { Length: > 0 } next)
                yield break;
            guard.Turn(next, found.Count);
            cursor = next;
        }
    }

    /// <summary>A page; null when it may be behind the last one, and the target says that it is.</summary>
    private async Task<JsonObject?> PageAsync(string path, bool mayBeBehind, CancellationToken cancellationToken)
    {
        try
        {
            return await resources.QueryAsync(path.Replace("?&", "?", StringComparison.Ordinal), searches: false, cancellationToken);
        }
        catch (ConnectorException failure) when (ScimFailure.HasType(failure, "expiredCursor", "invalidCursor"))
        {
            throw new ConnectorException(FailureKind.Transient, $"the listing was given up by the target: {failure.Message}", failure);
        }
        catch (ConnectorException failure) when (mayBeBehind && HttpFailure.HasStatus(failure, 400, 404, 416))
        {
            return null;
        }
    }
}
