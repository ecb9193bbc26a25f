using Provisioning.Core.Configuration;
using Provisioning.Core.Ledger;

namespace Provisioning.Core.Pipeline;

/// <summary>
/// What a drain has claimed and not started. It claims about a second's work at a time: many at once from a fast target, few from a slow
/// one, so that a leaver who comes in between waits for no more than that.
/// </summary>
internal sealed class DrainClaims(ILedger ledger, NodeIdentity node, NodeHealth health, TimeProvider time)
{
    private const int Most = 128;

    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(1);

    private readonly Queue<Assignment> _claimed = new();
    private long? _claimedAt;
    private int _size;
    private int _silences;
    private Lease? _unheard;

    public bool IsEmpty => _claimed.Count == 0 && _unheard is null;

    /// <summary>The next assignment to work on, or null when nothing is due.</summary>
    public async Task<Assignment?> NextAsync(IdentityProvider provider, int concurrency, CancellationToken cancellationToken)
    {
        while (_claimed.TryPeek(out var next))
        {
            // Under a lease that is about to end, or was taken over while we were silent, somebody else might begin beside us.
            if (next.Lease?.Until > time.GetUtcNow() + Longest(provider) && health.Silences == _silences)
                return _claimed.Dequeue();

            // It stays in the queue until the ledger took it back: a claim that nobody remembers would hold it until the lease ends.
            await ledger.ReleaseAsync([next], cancellationToken);
            _claimed.Dequeue();
        }

        _silences = health.Silences;
        var now = time.GetUtcNow();
        _unheard = node.NewLease(now + LeaseTime(provider));
        var batch = await ledger.ClaimAsync(provider.Name, NextSize(concurrency), _unheard, now, cancellationToken);
        _unheard = null;
        foreach (var assignment in batch)
            _claimed.Enqueue(assignment);
        return _claimed.TryDequeue(out var first) ? first : null;
    }

    public async Task ReleaseAsync()
    {
        await ledger.ReleaseAsync([.. _claimed], CancellationToken.None);
        _claimed.Clear();

        // The answer to a claim was lost: it may hold assignments of which nobody here knows.
        if (_unheard is { } lease)
            await ledger.ReleaseAsync(lease, CancellationToken.None);
        _unheard = null;
    }

    private int NextSize(int concurrency)
    {
        var wasQuick = _claimedAt is { } at && time.GetElapsedTime(at) < Ahead;
        _claimedAt = time.GetTimestamp();
        return _size = Math.Clamp(wasQuick ? _size * 2 : _size / 2, Math.Min(concurrency, Most), Most);
    }

    private static TimeSpan Longest(IdentityProvider provider) => provider.Limits.OperationTimeout * 5;

    // A host that dies is noticed by its heartbeat; the lease only has to outlast whatever a living one may do with it.
    private static TimeSpan LeaseTime(IdentityProvider provider)
    {
        var pace = provider.Limits.RequestsPerSecond is { } rate ? Most / rate : 0;
        return Longest(provider) + TimeSpan.FromSeconds(pace) + TimeSpan.FromHours(1);
    }
}
