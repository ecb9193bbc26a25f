namespace Provisioning.Core.Pipeline;

/// <summary>
/// Whether other hosts may have taken this one for dead: after a pause of the whole machine it must not go on with work that others
/// have taken over.
/// </summary>
public sealed class NodeHealth(TimeProvider time)
{
    private static readonly TimeSpan Trusted = TimeSpan.FromSeconds(15);

    private long? _beat;

    /// <summary>How many hosts there are.</summary>
    public int Hosts { get; private set; } = 1;

    public bool IsTrusted => _beat is not { } beat || time.GetElapsedTime(beat) < Trusted;

    /// <param name="started">The timestamp before the heartbeat was written.</param>
    /// <param name="hosts">How many hosts live.</param>
    public void Beaten(long started, int hosts) => (_beat, Hosts) = (started, Math.Max(1, hosts));
}
