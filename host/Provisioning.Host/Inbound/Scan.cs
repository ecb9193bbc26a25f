using Provisioning.Core.Users;

namespace Provisioning.Host.Inbound;

/// <summary>A page of what a filter selects where no index helps: everything is read, in batches.</summary>
internal static class Scan
{
    private const int Batch = 500;

    /// <param name="read">A batch after an id.</param>
    public static async Task<Page<T>> RunAsync<T>(
        Func<string?, int, Task<IReadOnlyList<T>>> read, Func<T, string> id, Func<T, bool> matches, ListQuery query)
    {
        var page = new List<T>();
        long total = 0;
        string? after = null;
        while (await read(after, Batch) is { Count: > 0 } batch)
        {
            foreach (var item in batch.Where(matches))
                if (++total >= query.StartIndex && page.Count < query.Count)
                    page.Add(item);
            after = id(batch[^1]);
        }

        return new Page<T>(page, total);
    }
}
