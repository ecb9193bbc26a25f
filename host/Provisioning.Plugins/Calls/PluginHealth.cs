using System.Collections.Concurrent;

namespace Provisioning.Plugins.Calls;

/// <summary>
/// What is wrong with a plugin's own code, as opposed to what its targets answer. One identity provider's calls that fail keep only that one away: a
/// target can have a part in it. The whole plugin rests when it fails for several and works for nobody: then it is the code.
/// </summary>
internal sealed class PluginHealth(TimeProvider time)
{
    private const int Several = 2;

    private readonly ConcurrentDictionary<string, CallerHealth> _callers = new(StringComparer.Ordinal);
    private int _restarts;

    /// <summary>How often a process with this plugin ended and was started again.</summary>
    public int Restarts => _restarts;

    public int HungCalls => _callers.Values.Sum(caller => caller.HungCalls);

    /// <summary>Which identity providers it is not called for now, and why; null if there is none.</summary>
    public string? Resting => _callers.Values.Where(caller => caller.Rest is not null).OrderBy(caller => caller.IdentityProvider, StringComparer.Ordinal).ToList() is { Count: > 0 } resting
        ? string.Join("; ", resting.Select(caller => $"not called for '{caller.IdentityProvider}': {caller.Rest?.Reason}"))
        : null;

    /// <summary>Why it is not called for anybody now, and for how long; null if it is called.</summary>
    public (string Reason, TimeSpan For)? Quarantine
    {
        get
        {
            var rests = _callers.Values.Select(caller => caller.Rest).OfType<(string Reason, TimeSpan For, DateTimeOffset Since)>().ToList();
            if (rests.Count < Several)
                return null;
            var since = rests.Min(rest => rest.Since);
            if (_callers.Values.Any(caller => caller.Rest is null && caller.LastWorked >= since))
                return null;
            return ($"it fails for {rests.Count} identity providers and works for none: {rests[0].Reason}", rests.Min(rest => rest.For));
        }
    }

    /// <summary>The health of its calls for one identity provider.</summary>
    public CallerHealth For(string identityProvider) =>
        _callers.GetOrAdd(identityProvider, static (name, of) => new CallerHealth(of.Health, name, of.Time), (Health: this, Time: time));

    public void Restarted() => Interlocked.Increment(ref _restarts);
}
