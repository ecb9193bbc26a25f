using System.Text.Json.Nodes;
using Provisioning.Core.Users;
using Provisioning.Scim;

namespace Provisioning.Host.Inbound;

/// <summary>A page of what a filter selects where no index helps: everything is read, in batches. The page ends early where it would take much memory.</summary>
internal static class Scan
{
    /// <summary>The page ends with the item that reaches so many bytes.</summary>
    internal const long PageBytes = 2 * 1024 * 1024;

    private const int Batch = 500;

    /// <param name="read">A batch after an id.</param>
    /// <param name="id">Of an item.</param>
    /// <param name="matches">Whether the filter selects an item.</param>
    /// <param name="size">About how many bytes an item takes.</param>
    /// <param name="query">Which page.</param>
    /// <param name="gates">Batches go through them one by one.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<Page<T>> RunAsync<T>(
        Func<string?, int, Task<IReadOnlyList<T>>> read, Func<T, string> id, Func<T, bool> matches, Func<T, long> size, ListQuery query,
        MemoryGates gates, CancellationToken cancellationToken)
    {
        var page = new List<T>();
        var (total, bytes) = (0L, 0L);
        string? after = null;
        while (await gates.RunPartAsync(ReadAsync, cancellationToken))
        {
        }

        return new Page<T>(page, total);

        async Task<bool> ReadAsync()
        {
            var batch = await read(after, Batch);
            foreach (var item in batch.Where(matches))
            {
                if (++total < query.StartIndex || page.Count == query.Count || bytes >= PageBytes)
                    continue;
                page.Add(item);
                bytes += size(item);
            }

            if (batch.Count == 0)
                return false;
            after = id(batch[^1]);
            return true;
        }
    }

    /// <summary>So many may be put in an order that no index has: their keys are kept.</summary>
    internal const int MostSorted = 100_000;

    // So many characters of a value count for the order.
    private const int MostKey = 256;

    /// <summary>The same in an order of the caller's. What matches is gone through for the order, and the page is read after that.</summary>
    /// <param name="read">A batch after an id.</param>
    /// <param name="id">Of an item.</param>
    /// <param name="resourceOf">What the filter and the order look at.</param>
    /// <param name="find">An item by its place in what <paramref name="read"/> reads; null if it is gone.</param>
    /// <param name="size">About how many bytes an item takes.</param>
    /// <param name="query">Which page.</param>
    /// <param name="gates">Batches go through them one by one.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ScimException">400 <c>tooMany</c>.</exception>
    public static async Task<Page<T>> SortedAsync<T>(
        Func<string?, int, Task<IReadOnlyList<T>>> read, Func<T, string> id, Func<T, JsonObject> resourceOf, Func<string, Task<T?>> find, Func<T, long> size, ListQuery query,
        MemoryGates gates, CancellationToken cancellationToken)
        where T : class
    {
        var sort = query.Sort!;
        var keys = new List<(string? Key, string Id)>();
        string? after = null;
        while (await gates.RunPartAsync(ReadAsync, cancellationToken))
        {
        }

        // Of equal keys the order is that of reading.
        var ordered = keys.Select((x, place) => (x.Key, x.Id, place)).ToList();
        ordered.Sort((x, y) => sort.Compare(x.Key, y.Key) is not 0 and var compared ? compared : x.place.CompareTo(y.place));
        var (page, bytes) = (new List<T>(), 0L);
        foreach (var (_, place, _) in ordered.Skip(query.StartIndex - 1).Take(query.Count))
        {
            if (bytes >= PageBytes)
                break;
            if (await gates.RunPartAsync(() => find(place), cancellationToken) is not { } item)
                continue;
            page.Add(item);
            bytes += size(item);
        }

        return new Page<T>(page, keys.Count);

        async Task<bool> ReadAsync()
        {
            var batch = await read(after, Batch);
            foreach (var item in batch)
            {
                var resource = resourceOf(item);
                if (query.Filter?.Matches(resource) == false)
                    continue;
                if (keys.Count == MostSorted)
                    throw new ScimException(400, "tooMany", $"more than {MostSorted} would have to be sorted; filter, or leave 'sortBy' out");
                keys.Add((sort.KeyOf(resource) is { Length: > MostKey } key ? key[..MostKey] : sort.KeyOf(resource), id(item)));
            }

            if (batch.Count > 0)
                after = id(batch[^1]);
            return batch.Count > 0;
        }
    }

    /// <summary>The same from place to place: no more is read than the page needs.</summary>
    /// <param name="read">A batch after a place.</param>
    /// <param name="place">Of an item.</param>
    /// <param name="matches">Whether the filter selects an item.</param>
    /// <param name="size">About how many bytes an item takes.</param>
    /// <param name="query">Which page.</param>
    /// <param name="total">How many there are in all.</param>
    /// <param name="gates">Batches go through them one by one.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<Page<T>> FollowAsync<T>(
        Func<string?, int, Task<IReadOnlyList<T>>> read, Func<T, string> place, Func<T, bool> matches, Func<T, long> size, ListQuery query, long total,
        MemoryGates gates, CancellationToken cancellationToken)
    {
        var page = new List<T>();
        var (after, bytes, ended) = (query.Cursor!.After, 0L, query.Count == 0);
        while (!ended && page.Count < query.Count && bytes < PageBytes)
            ended = await gates.RunPartAsync(ReadAsync, cancellationToken);
        ended = ended || (page.Count == query.Count && (await gates.RunPartAsync(() => read(after, 1), cancellationToken)).Count == 0);
        return new Page<T>(page, total) { Next = ended || after is null ? null : new ListCursor(after, total).ToString() };

        async Task<bool> ReadAsync()
        {
            // One more than the page has room for, to see whether there is a next one.
            var batch = await read(after, Math.Min(Batch, query.Count - page.Count + 1));
            foreach (var item in batch)
            {
                if (page.Count == query.Count || bytes >= PageBytes)
                    return false;
                after = place(item);
                if (!matches(item))
                    continue;
                page.Add(item);
                bytes += size(item);
            }

            return batch.Count == 0;
        }
    }
}
