using System.Collections.Concurrent;

namespace Provisioning.Core.Converging;

/// <summary>Identity providers that asked for rest. In memory: after a restart the target is asked again, once.</summary>
public sealed class TargetPauses(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, TargetPause> _pauses = new(StringComparer.Ordinal);

    public void Pause(string identityProvider, DateTimeOffset until, string reason) =>
        _pauses.AddOrUpdate(identityProvider, new TargetPause(until, reason), (_, old) => old.Until >= until ? old : new TargetPause(until, reason));

    /// <summary>The pause in force, or null.</summary>
    public TargetPause? Current(string identityProvider) =>
        _pauses.TryGetValue(identityProvider, out var pause) && pause.Until > time.GetUtcNow() ? pause : null;

    public void Resume(string identityProvider) => _pauses.TryRemove(identityProvider, out _);
}
