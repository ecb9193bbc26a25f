using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Provisioning.Scim;

namespace Provisioning.Connectors.Scim;

/// <summary>Reads all pages of a query: by index (RFC 7644, section 3.4.2.4) or by cursor (RFC 9865).</summary>
internal sealed class Listing(ScimResources resources)
{
    /// <summary>Streams every resource once. Throws, and never ends early, if it cannot.</summary>
    public async IAsyncEnumerable<JsonObject> AllAsync(
        ResourceType type, string? filter, Dialect dialect, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<UInt128>();
        var pages = dialect.UsesCursors ? ByCursorAsync(type, filter, dialect, cancellationToken) : ByIndexAsync(type, filter, dialect, cancellationToken);
        await foreach (var page in pages)
        {
            foreach (var resource in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var id = ScimResource.Id(resource) ?? throw new ConnectorException(FailureKind.Rejected, "the listing has an object without an id");
                // Objects that come and go shift the pages; a repetition means that another one may have been skipped.
                if (!seen.Add(Fingerprint(id)))
                    throw new ConnectorException(FailureKind.Transient, "the listing repeats objects, so it may miss others");
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

    // A million ids as they are would take a hundred megabytes.
    private static UInt128 Fingerprint(string id) => BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(MemoryMarshal.AsBytes(id.AsSpan())));

    private async IAsyncEnumerable<IReadOnlyList<JsonObject>> ByIndexAsync(
        ResourceType type, string? filter, Dialect dialect, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (long start = 1; ;)
        {
            var page = await PageAsync($"{Query(type, filter, dialect)}&startIndex={start}&count={dialect.PageSize}", cancellationToken);
            if (ScimResource.Total(page) is not { } total)
                throw new ConnectorException(FailureKind.Rejected, "the listing has no totalResults");
            var found = ScimResource.Listed(page);
            yield return found;
            start += found.Count;
            if (start > total)
                yield break;
            if (found.Count == 0)
                throw new ConnectorException(FailureKind.Transient, $"the listing ended after {start - 1} of {total} objects");
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<JsonObject>> ByCursorAsync(
        ResourceType type, string? filter, Dialect dialect, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var cursor = ""; ;)
        {
            var page = await PageAsync($"{Query(type, filter, dialect)}&cursor={Uri.EscapeDataString(cursor)}&count={dialect.PageSize}", cancellationToken);
            yield return ScimResource.Listed(page);
            if (ScimResource.Text(page, "nextCursor") is not { Length: > 0 } next)
                yield break;
            if (next == cursor)
                throw new ConnectorException(FailureKind.Transient, "the listing does not go on: its cursor stays the same");
            cursor = next;
        }
    }

    private async Task<JsonObject> PageAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await resources.QueryAsync(path.Replace("?&", "?", StringComparison.Ordinal), searches: false, cancellationToken);
        }
        catch (ConnectorException failure) when (ScimFailure.HasType(failure, "expiredCursor", "invalidCursor"))
        {
            throw new ConnectorException(FailureKind.Transient, $"the listing was given up by the target: {failure.Message}", failure);
        }
    }
}
