using System.Collections.Concurrent;
using Provisioning.Storage;

namespace Provisioning.Host.Replanning;

/// <summary>
/// The revisions with which this host decided, as long as what it decided with them may be stored still. A pass over everybody that began after this
/// host had left a revision finds all of that, whichever host makes the pass.
/// </summary>
internal sealed class RanRevisions(ISettingsStore settings)
{
    // Events of changes come on other threads.
    private readonly ConcurrentDictionary<string, Use> _uses = new(StringComparer.Ordinal);

    /// <summary>This host decides with the revision from now on.</summary>
    public void Add(string revision) => _uses[revision] = new Use(null);

    /// <summary>Whether there is another one than this.</summary>
    public bool AnyBut(string revision) => _uses.Keys.Any(x => x != revision);

    /// <summary>This host plans everybody with a revision from the start.</summary>
    public void ForgetAllBut(string revision)
    {
        foreach (var other in _uses.Keys.Where(x => x != revision))
            _uses.TryRemove(other, out _);
    }

    /// <summary>Reads how far planning is, and forgets the revisions that this host had left before the pass began that is read.</summary>
    /// <param name="revision">With which this host decides.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<PlannedState?> LookAsync(string revision, CancellationToken cancellationToken)
    {
        // Before the state is read: a revision that is used again meanwhile is another use, and stays.
        var left = _uses.Where(x => x.Key != revision).ToList();
        var state = await PlannedState.LoadAsync(settings, cancellationToken);
        foreach (var use in left)
        {
            if (use.Value.Seen is not { } seen)
                _uses.TryUpdate(use.Key, new Use(new Look(state?.Pass)), use.Value);
            else if (state is { Pass: not null, Phase: not PlannedPhase.Asked } && state.Revision == revision && state.Pass != seen.Pass)
                _uses.TryRemove(use);
        }

        return state;
    }

    // No record: each use is one of its own.
    private sealed class Use(Look? seen)
    {
        /// <summary>The first look after this host left the revision.</summary>
        public Look? Seen => seen;
    }

    /// <param name="Pass">Which had begun by then.</param>
    private sealed record Look(string? Pass);
}
