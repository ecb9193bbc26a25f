namespace Provisioning.Core.Pipeline;

/// <summary>
/// Whether other hosts may have taken this one for dead: after a pause of the whole machine it must not go on with work that others
/// have taken over.
/// </summary>
public sealed class NodeHealth(TimeProvider time)
{
    private static readonly TimeSpan Trusted = TimeSpan.FromSeconds(15);

    // Longer than what is begun under a lease goes on.
    private static readonly TimeSpan Careful = TimeSpan.FromMinutes(10);

    private long? _beat;
    private long? _silent;

    /// <summary>How many hosts there are.</summary>
    public int Hosts { get; private set; } = 1;

    public bool IsTrusted => _beat is not { } beat || time.GetElapsedTime(beat) < Trusted;

    /// <summary>How often this host was silent for so long that others may have taken its leases over.</summary>
    public int Silences { get; private set; }

    /// <summary>It is silent, or was a few minutes ago: a lease that was taken before may be somebody else's.</summary>
    public bool MayHaveLostLeases => !IsTrusted || (_silent is { } silent && time.GetElapsedTime(silent) < Careful);

    /// <param name="started">The timestamp before the heartbeat was written.</param>
    /// <param name="hosts">How many hosts live.</param>
    public void Beaten(long started, int hosts)
    {
        // Before the host is trusted again, so that nobody sees it trusted and the silence not yet counted.
        if (!IsTrusted)
            (_silent, Silences) = (time.GetTimestamp(), Silences + 1);
        (_beat, Hosts) = (started, Math.Max(1, hosts));
    }
}
