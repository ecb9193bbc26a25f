using System.Collections.Concurrent;

namespace Provisioning.Connectors.Google;

/// <summary>Remembers who was made a moment ago: Google's servers do not all know them at once, and 404 then does not mean gone.</summary>
internal sealed class RecentAccounts(TimeProvider time)
{
    private const int Most = 10_000;
    private static readonly TimeSpan s_settling = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _made = new(StringComparer.Ordinal);

    public void Add(string id)
    {
        if (_made.Count >= Most)
            Trim();
        _made[id] = time.GetUtcNow();
    }

    public void Remove(string id) => _made.TryRemove(id, out _);

    public bool Contains(string id) => _made.TryGetValue(id, out var at) && time.GetUtcNow() - at < s_settling;

    private void Trim()
    {
        var limit = time.GetUtcNow() - s_settling;
        foreach (var (id, at) in _made)
        {
            if (at < limit)
                _made.TryRemove(id, out _);
        }
    }
}
