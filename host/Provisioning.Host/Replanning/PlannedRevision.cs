using Provisioning.Core.Pipeline;
using Provisioning.Storage;

namespace Provisioning.Host.Replanning;

/// <summary>
/// Records the revision with which all users were last planned, and whether a second pass is needed. During a rolling change, hosts that still have
/// the old revision may overwrite decisions made with the new one. So when every live host has the new revision, all users are planned once
/// more. The same holds when a host with an old revision comes and goes again.
/// </summary>
internal sealed class PlannedRevision(ISettingsStore settings, INodeRegistry nodes, NodeIdentity node, TimeProvider time)
{
    /// <summary>So long a host that ran with another revision may be away (it is started anew, or replaced) before what it planned is undone.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    // What this host knows to be planned. Another host may run with another revision, and neither is to undo the other's plans for ever.
    private string? _settled;

    private readonly RanRevisions _ran = new(settings);

    // Since when nobody else lives who runs with another revision than this host.
    private long? _alone;

    /// <summary>Whether there is nothing to do for a host that runs with this revision.</summary>
    public async Task<bool> IsDoneAsync(string revision, CancellationToken cancellationToken)
    {
        Ran(revision);
        var planned = await MarkAsync(await _ran.LookAsync(revision, cancellationToken), revision, cancellationToken);
        if (planned?.Revision == revision && planned.Phase is PlannedPhase.Done or PlannedPhase.Mixed)
        {
            (_settled, _alone) = (revision, null);
            if (IsLate(revision))
                return false;
            return planned.Phase == PlannedPhase.Done || !await OthersHaveAsync(revision, cancellationToken);
        }

        return revision == _settled && planned?.Revision != revision && !await IsAloneAsync(revision, cancellationToken);
    }

    /// <summary>This host decides with the revision from now on.</summary>
    public void Ran(string revision) => _ran.Add(revision);

    /// <summary>
    /// Whether this host decided with another revision, and no pass has begun since. A change that was taken back leaves such decisions behind,
    /// also where hosts differ, so that the stored revision does not tell.
    /// </summary>
    public bool IsLate(string revision) => _ran.AnyBut(revision);

    /// <summary>Whether somebody asked that everybody be planned from the start, also where it is done or half done.</summary>
    public async Task<bool> IsAskedForAsync(string revision, CancellationToken cancellationToken) =>
        await PlannedState.LoadAsync(settings, cancellationToken) == new PlannedState(PlannedPhase.Asked, revision);

    /// <summary>Has everybody planned again at the next look, even if nothing changed.</summary>
    /// <param name="revision">With which a host must run to do it.</param>
    public Task AskAsync(string revision, CancellationToken cancellationToken) =>
        new PlannedState(PlannedPhase.Asked, revision).SaveAsync(settings, cancellationToken);

    /// <summary>From now on nobody is known to be planned with anything else.</summary>
    public Task BeginAsync(string revision, CancellationToken cancellationToken)
    {
        _settled = null;

        // Everybody is planned from the start: what was decided with another revision before is found.
        _ran.ForgetAllBut(revision);
        return PlannedState.Begin(revision).SaveAsync(settings, cancellationToken);
    }

    /// <param name="agreed">All hosts had it from before the first was planned to the last.</param>
    public async Task EndAsync(string revision, bool agreed, CancellationToken cancellationToken)
    {
        _settled = revision;
        var begun = await PlannedState.LoadAsync(settings, cancellationToken);
        await new PlannedState(agreed ? PlannedPhase.Done : PlannedPhase.Mixed, revision, begun?.Pass).SaveAsync(settings, cancellationToken);
    }

    /// <summary>Whether all other hosts that live run with this revision, by their last heartbeat.</summary>
    public async Task<bool> OthersHaveAsync(string revision, CancellationToken cancellationToken) =>
        (await nodes.ListAsync(cancellationToken)).Where(x => x.Alive && x.Node.Name != node.Name)
        .All(x => $"{x.Node.ConfigurationRevision}/{x.Node.PolicyRevision}" == revision);

    /// <summary>
    /// Notes that not all decide as everybody was planned: before a host does so, and when others are seen that do. Should they leave for good,
    /// what they decided must not stay.
    /// </summary>
    private async Task<PlannedState?> MarkAsync(PlannedState? planned, string revision, CancellationToken cancellationToken)
    {
        if (planned is not { Phase: PlannedPhase.Done })
            return planned;

        // This host may have been silent, taken for dead, and have gone on without the change.
        if (planned.Revision == revision && !IsLate(revision) && await OthersHaveAsync(revision, cancellationToken))
            return planned;
        var mixed = planned with { Phase = PlannedPhase.Mixed };
        await mixed.SaveAsync(settings, cancellationToken);
        return mixed;
    }

    // The stored plans come from a revision that no live host runs.
    private async Task<bool> IsAloneAsync(string revision, CancellationToken cancellationToken)
    {
        if (!await OthersHaveAsync(revision, cancellationToken))
        {
            _alone = null;
            return false;
        }

        _alone ??= time.GetTimestamp();
        return time.GetElapsedTime(_alone.Value) >= Patience;
    }
}
