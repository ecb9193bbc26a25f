using Provisioning.Connectors;
using Provisioning.Core.Configuration;

namespace Provisioning.Core.Reconciling;

/// <summary>Whether a listing is believable, by the measure of the deletion guard.</summary>
internal sealed class MissingCount(GuardSettings guard)
{
    private readonly long[] _listed = new long[2];
    private readonly long[] _known = new long[2];
    private readonly long[] _missing = new long[2];
    private long _leavers;

    /// <summary>What is not to be believed; null if all is.</summary>
    public string? Suspicion => Of(ResourceType.User, "accounts") ?? Of(ResourceType.Group, "groups")
        ?? (guard.Holds(_leavers, _known.Sum()) ? $"{_leavers} orphans would be disabled or deleted, which is more than the guard allows" : null);

    public void Listed(ResourceType type, long count) => _listed[(int)type] += count;

    public void Known(ResourceType type) => _known[(int)type]++;

    public void Missing(ResourceType type) => _missing[(int)type]++;

    public void Leavers(int count) => _leavers += count;

    private string? Of(ResourceType type, string words)
    {
        var (missing, known) = (_missing[(int)type], _known[(int)type]);
        if (missing > 0 && _listed[(int)type] == 0)
            return $"the target listed no {words} at all, and there should be {known}";
        return guard.Holds(missing, known) ? $"{missing} of {known} {words} are missing, which is more than the guard allows" : null;
    }
}
