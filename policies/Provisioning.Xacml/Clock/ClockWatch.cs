namespace Provisioning.Xacml;

/// <summary>The moment at which a request is decided, and until when the answer holds. Expressions that compare a value of the clock note when
/// the comparison can come out differently. An evaluation depends on nothing but what it evaluated, so the answer holds until the earliest of these.</summary>
/// <param name="context">The evaluation.</param>
internal sealed class ClockWatch(EvaluationContext context)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly OffsetChanges _changes = new(context.Program.Options.TimeZone ?? context.Program.Options.Time.LocalTimeZone);
    private DateTimeOffset _now;
    private DateTimeOffset? _earliest;
    private bool _isRead;
    private bool _readsZone;

    /// <summary>One moment for the whole request, so that two rules never see two different days.</summary>
    public DateTimeOffset Now
    {
        get
        {
            if (_isRead) return _now;
            _isRead = true;
            return _now = TimeZoneInfo.ConvertTime(context.Request.Moment ?? context.Program.Options.Time.GetUtcNow(), _changes.Zone);
        }
    }

    /// <summary>The first moment at which the answer may be another one; null if time alone does not change it.</summary>
    public DateTimeOffset? HoldsUntil
    {
        get
        {
            // Nearly every evaluation ends here. Times of day and days are read off in a zone, and jump when its offset changes.
            if (!_isRead) return null;
            if (!_readsZone || _changes.After(Now) is not { } change) return _earliest;
            return _earliest < change ? _earliest : change;
        }
    }

    public void Reset()
    {
        if (!_isRead) return;
        _earliest = null;
        _isRead = _readsZone = false;
    }

    /// <summary>The answer may be another one so many ticks after now.</summary>
    public void ChangesIn(Int128 ticks)
    {
        // Beyond the calendar of .NET nobody waits for it.
        if (ticks > DateTimeOffset.MaxValue.UtcTicks - Now.UtcTicks) return;
        var at = Now.AddTicks(Math.Max(1, (long)ticks));
        if (_earliest is null || at < _earliest) _earliest = at;
    }

    /// <summary>The answer may be another one when the next whole minute begins.</summary>
    public void ChangesWithTheMinute() => ChangesIn(Minute.Ticks - (Now.Ticks % Minute.Ticks));

    /// <summary>The answer may be another one when the next day begins.</summary>
    public void ChangesWithTheDay()
    {
        ReadsZone();
        ChangesIn(TicksToMidnight(null));
    }

    /// <summary>What is compared depends on the time zone.</summary>
    public void ReadsZone()
    {
        _ = Now;
        _readsZone = true;
    }

    /// <summary>How long the day is yet.</summary>
    /// <param name="zoneMinutes">In which time zone; null for that of the clock.</param>
    public long TicksToMidnight(int? zoneMinutes)
    {
        var local = zoneMinutes is { } minutes ? Now.ToOffset(TimeSpan.FromMinutes(minutes)) : Now;
        return TimeSpan.TicksPerDay - local.TimeOfDay.Ticks;
    }
}
