namespace Provisioning.Core.Targets;

/// <summary>The pace of a host that is alone.</summary>
public sealed class LocalPace(TimeProvider time) : IPace
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _next = new(StringComparer.Ordinal);

    public ValueTask<TimeSpan> ReserveAsync(string key, double perSecond, int count, bool ahead, CancellationToken cancellationToken)
    {
        var span = TimeSpan.FromSeconds(count / perSecond);
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var wait = Advance(key, span, now);
            return ValueTask.FromResult(ahead ? Advance(key + "/ahead", span, now) : wait);
        }
    }

    private TimeSpan Advance(string key, TimeSpan span, DateTimeOffset now)
    {
        var start = _next.TryGetValue(key, out var next) && next > now ? next : now;
        _next[key] = start + span;
        return start - now;
    }
}
