namespace Provisioning.Core.Pipeline;

/// <summary>
/// Whether other hosts may have taken this one for dead: after a pause of the whole machine it must not go on with work that others
/// have taken over.
/// </summary>
public sealed class NodeHealth(TimeProvider time)
{
    private static readonly TimeSpan Trusted = TimeSpan.FromSeconds(15);

    // Longer than any operation takes that began under a lease.
    private static readonly TimeSpan Careful = TimeSpan.FromMinutes(10);

    // Replaced as a whole, so that nobody sees the host trusted and its silence not yet counted.
    private volatile State _state = new(null, null, 0, 1);

    /// <summary>How many hosts there are.</summary>
    public int Hosts => _state.Hosts;

    public bool IsTrusted => IsTrustedAt(_state);

    /// <summary>How often this host was silent for so long that others may have taken its leases over.</summary>
    public int Silences => _state.Silences;

    /// <summary>It is silent, or was a few minutes ago: a lease that was taken before may be somebody else's.</summary>
    public bool MayHaveLostLeases => _state is var state && (!IsTrustedAt(state) || (state.Silent is { } silent && time.GetElapsedTime(silent) < Careful));

    /// <summary>Called by one thread at a time, after a heartbeat.</summary>
    /// <param name="started">The timestamp before the heartbeat was written.</param>
    /// <param name="hosts">How many hosts live.</param>
    public void Beaten(long started, int hosts)
    {
        var before = _state;
        var next = before with { Beat = started, Hosts = Math.Max(1, hosts) };
        _state = IsTrustedAt(before) ? next : next with { Silent = time.GetTimestamp(), Silences = before.Silences + 1 };
    }

    private bool IsTrustedAt(State state) => state.Beat is not { } beat || time.GetElapsedTime(beat) < Trusted;

    private sealed record State(long? Beat, long? Silent, int Silences, int Hosts);
}
