using Provisioning.Connectors;

namespace Provisioning.Plugins.Isolation;

/// <summary>Restarts at once after one end, and ever slower when a process does not live long.</summary>
internal sealed class RestartPace(TimeProvider time)
{
    private static readonly TimeSpan LongLife = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private int _shortLives;
    private DateTimeOffset _startedAt = time.GetUtcNow();
    private DateTimeOffset _notBefore;

    public void Started() => _startedAt = time.GetUtcNow();

    public void Ended()
    {
        var now = time.GetUtcNow();
        _shortLives = now - _startedAt < LongLife ? _shortLives + 1 : 1;
        _notBefore = _shortLives == 1 ? now : now + TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, Math.Pow(2, _shortLives - 2)));
    }

    /// <exception cref="ConnectorException">Transient, with the time that is left.</exception>
    public void ThrowIfTooSoon()
    {
        var left = _notBefore - time.GetUtcNow();
        if (left > TimeSpan.Zero)
            throw new ConnectorException(FailureKind.Transient, $"the plugin's process ended {_shortLives} times in a row; it rests before the next start") { RetryAfter = left };
    }
}
