namespace Provisioning.Scheduling;

/// <summary>
/// Wake-ups that no drain has answered yet: ten thousand of them for one identity provider are one. Where the drain starts on another host,
/// nobody here hears of it; what was asked for after the trigger was set is then asked for again.
/// </summary>
internal sealed class WakeUps
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Stage> _stages = new(StringComparer.Ordinal);

    private enum Stage
    {
        Queued,
        Armed,
        WokenAgain,
    }

    /// <summary>True if the trigger has to be set for it.</summary>
    public bool Add(string identityProvider)
    {
        lock (_lock)
        {
            if (_stages.TryAdd(identityProvider, Stage.Queued))
                return true;
            if (_stages[identityProvider] == Stage.Armed)
                _stages[identityProvider] = Stage.WokenAgain;
            return false;
        }
    }

    /// <summary>Before the trigger is set: from here on it may fire, and its drain may look before the next one has anything to show.</summary>
    public void Arming(string identityProvider)
    {
        lock (_lock)
            _stages[identityProvider] = Stage.Armed;
    }

    /// <summary>A drain starts here, and will see all that was there before; from now on a wake-up is news again.</summary>
    public void Started(string identityProvider)
    {
        lock (_lock)
            _stages.Remove(identityProvider);
    }

    /// <summary>No drain has started here for a while. True if the trigger has to be set again.</summary>
    public bool Expired(string identityProvider)
    {
        lock (_lock)
        {
            var again = _stages.GetValueOrDefault(identityProvider) == Stage.WokenAgain;
            if (again)
                _stages[identityProvider] = Stage.Queued;
            else if (_stages.GetValueOrDefault(identityProvider) == Stage.Armed)
                _stages.Remove(identityProvider);
            return again;
        }
    }
}
