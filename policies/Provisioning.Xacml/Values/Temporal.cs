namespace Provisioning.Xacml;

/// <summary>A date, a time of day, or both, to the nanosecond. A missing time zone counts as UTC, so that comparison is always defined.</summary>
public readonly struct Temporal : IEquatable<Temporal>, IComparable<Temporal>
{
    private const short NoZone = short.MinValue;
    private const int NanosPerTick = 100;
    private readonly long _seconds;
    private readonly int _nanos;
    private readonly short _zone;

    internal Temporal(long seconds, int nanos, int? zoneMinutes)
    {
        _seconds = seconds;
        _nanos = nanos;
        _zone = (short?)zoneMinutes ?? NoZone;
    }

    /// <summary>Minutes ahead of UTC, if there is a time zone.</summary>
    public int? ZoneMinutes => _zone == NoZone ? null : _zone;

    /// <summary>Seconds of local time since the start of year 1, or since midnight.</summary>
    internal long Seconds => _seconds;

    internal int Nanos => _nanos;

    private long UtcSeconds => _seconds - ((ZoneMinutes ?? 0) * 60L);

    /// <summary>Whether two moments are the same.</summary>
    public static bool operator ==(Temporal left, Temporal right) => left.Equals(right);

    /// <summary>Whether two moments differ.</summary>
    public static bool operator !=(Temporal left, Temporal right) => !left.Equals(right);

    /// <summary>Whether one moment is before another.</summary>
    public static bool operator <(Temporal left, Temporal right) => left.CompareTo(right) < 0;

    /// <summary>Whether one moment is after another.</summary>
    public static bool operator >(Temporal left, Temporal right) => left.CompareTo(right) > 0;

    /// <summary>Whether one moment is not after another.</summary>
    public static bool operator <=(Temporal left, Temporal right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one moment is not before another.</summary>
    public static bool operator >=(Temporal left, Temporal right) => left.CompareTo(right) >= 0;

    /// <summary>A moment as a dateTime.</summary>
    /// <param name="moment">The moment; its offset becomes the time zone.</param>
    /// <returns>The dateTime.</returns>
    public static Temporal DateTimeOf(DateTimeOffset moment)
    {
        var (seconds, ticks) = Math.DivRem(moment.Ticks, TimeSpan.TicksPerSecond);
        return new(seconds, (int)ticks * NanosPerTick, (int)moment.Offset.TotalMinutes);
    }

    /// <summary>The day of a moment, in its own time zone.</summary>
    /// <param name="moment">The moment.</param>
    /// <returns>The date.</returns>
    public static Temporal DateOf(DateTimeOffset moment) => DateTimeOf(moment).DateOnly();

    /// <summary>The time of day of a moment, in its own time zone.</summary>
    /// <param name="moment">The moment.</param>
    /// <returns>The time.</returns>
    public static Temporal TimeOf(DateTimeOffset moment) => DateTimeOf(moment).TimeOnly();

    /// <inheritdoc/>
    public bool Equals(Temporal other) => UtcSeconds == other.UtcSeconds && _nanos == other._nanos;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Temporal other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(UtcSeconds, _nanos);

    /// <inheritdoc/>
    public int CompareTo(Temporal other)
    {
        var order = UtcSeconds.CompareTo(other.UtcSeconds);
        return order != 0 ? order : _nanos.CompareTo(other._nanos);
    }

    /// <inheritdoc/>
    public override string ToString() => TemporalText.FormatDateTime(this);

    internal Temporal InUtc() => ZoneMinutes is null ? this : new(UtcSeconds, _nanos, 0);

    internal Temporal DateOnly() => new(_seconds - Calendar.Modulo(_seconds, Calendar.SecondsPerDay), 0, ZoneMinutes);

    internal Temporal TimeOnly() => new(Calendar.Modulo(_seconds, Calendar.SecondsPerDay), _nanos, ZoneMinutes);

    internal Result<Temporal> Add(DayTimeDuration span)
    {
        // Both are bounded, so that the sum cannot overflow.
        var nanos = _nanos + span.Nanos;
        var seconds = _seconds + span.Seconds + (int)Calendar.Floor(nanos, 1_000_000_000);
        return Bounded(new(seconds, (int)Calendar.Modulo(nanos, 1_000_000_000), ZoneMinutes));
    }

    /// <summary>A day that the month does not have becomes its last one.</summary>
    internal Result<Temporal> Add(YearMonthDuration span)
    {
        var (year, month, day) = Calendar.FromDayNumber(Calendar.Floor(_seconds, Calendar.SecondsPerDay));
        var months = (year * 12) + month - 1 + span.Months;
        (year, month) = (Calendar.Floor(months, 12), (int)Calendar.Modulo(months, 12) + 1);
        if (Math.Abs(year) > Calendar.MaxYear) return TemporalText.OutOfCalendar;
        day = Math.Min(day, Calendar.DaysInMonth(year, month));
        var seconds = (Calendar.DayNumber(year, month, day) * Calendar.SecondsPerDay) + Calendar.Modulo(_seconds, Calendar.SecondsPerDay);
        return Bounded(new(seconds, _nanos, ZoneMinutes));
    }

    /// <summary>Whether this time lies from one to another, which may be on the next day. Without a time zone they are in this one's.</summary>
    internal bool IsWithin(Temporal from, Temporal to)
    {
        var (since, length) = Within(from, to);
        return since <= length;
    }

    /// <summary>How many nanoseconds this time is past the start of a range, and how many the range is long.</summary>
    internal (Int128 Since, Int128 Length) Within(Temporal from, Temporal to) =>
        (Since(from), to.WithDefaultZone(this).Since(from.WithDefaultZone(this)));

    private Temporal WithDefaultZone(Temporal other) => new(_seconds, _nanos, ZoneMinutes ?? other.ZoneMinutes);

    // How long after the start, going forward within one day.
    private Int128 Since(Temporal start)
    {
        start = start.WithDefaultZone(this);
        var nanos = ((Int128)(UtcSeconds - start.UtcSeconds) * 1_000_000_000) + _nanos - start._nanos;
        var day = (Int128)Calendar.SecondsPerDay * 1_000_000_000;
        return ((nanos % day) + day) % day;
    }

    private static Result<Temporal> Bounded(Temporal value)
    {
        const long MaxSeconds = Calendar.MaxYear * 366 * Calendar.SecondsPerDay;
        return Math.Abs(value._seconds) <= MaxSeconds ? value : TemporalText.OutOfCalendar;
    }
}
