using Provisioning.Core.Users;

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
}
