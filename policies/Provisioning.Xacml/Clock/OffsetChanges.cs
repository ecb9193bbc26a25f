namespace Provisioning.Xacml;

/// <summary>When a time zone changes its offset, as for daylight saving.</summary>
/// <param name="zone">The time zone.</param>
internal sealed class OffsetChanges(TimeZoneInfo zone)
{
    private static readonly TimeSpan Step = TimeSpan.FromHours(12);
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(400);

    // Between these two moments the offset is known to stay.
    private DateTimeOffset _from = DateTimeOffset.MaxValue;
    private DateTimeOffset _to = DateTimeOffset.MinValue;
    private bool? _isFixed;

    public TimeZoneInfo Zone => zone;

    /// <summary>The next change after a moment, or a moment before which there is none; null if there never is one.</summary>
    public DateTimeOffset? After(DateTimeOffset moment)
    {
        _isFixed ??= zone.GetAdjustmentRules().Length == 0;
        if (_isFixed.Value || moment > DateTimeOffset.MaxValue - Horizon) return null;
        if (moment < _from || moment >= _to) (_from, _to) = (moment, Search(moment));
        return _to;
    }

    private DateTimeOffset Search(DateTimeOffset from)
    {
        var offset = zone.GetUtcOffset(from);
        var before = from;
        while (before - from < Horizon && zone.GetUtcOffset(before + Step) == offset) before += Step;
        if (before - from >= Horizon) return before;
        var after = before + Step;
        while (after.UtcTicks - before.UtcTicks > 1)
        {
            var middle = before.AddTicks((after.UtcTicks - before.UtcTicks) / 2);
            if (zone.GetUtcOffset(middle) == offset) before = middle;
            else after = middle;
        }

        return after;
    }
}
