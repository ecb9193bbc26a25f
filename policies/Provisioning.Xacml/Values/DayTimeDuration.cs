using System.Globalization;

namespace Provisioning.Xacml;

/// <summary>A duration of days, hours, minutes and seconds, to the nanosecond.</summary>
public readonly record struct DayTimeDuration : IComparable<DayTimeDuration>
{
    // Further durations lead out of the calendar from anywhere in it.
    private const long MaxSeconds = 2 * Calendar.MaxYear * 366 * Calendar.SecondsPerDay;

    internal DayTimeDuration(long seconds, int nanos) => (Seconds, Nanos) = (seconds, nanos);

    /// <summary>Whole seconds; negative for a duration into the past.</summary>
    public long Seconds { get; }

    /// <summary>The rest, with the same sign.</summary>
    public int Nanos { get; }

    /// <summary>The same duration the other way.</summary>
    public DayTimeDuration Negated => new(-Seconds, -Nanos);

    /// <summary>Whether one duration is shorter than another.</summary>
    public static bool operator <(DayTimeDuration left, DayTimeDuration right) => left.CompareTo(right) < 0;

    /// <summary>Whether one duration is longer than another.</summary>
    public static bool operator >(DayTimeDuration left, DayTimeDuration right) => left.CompareTo(right) > 0;

    /// <summary>Whether one duration is not longer than another.</summary>
    public static bool operator <=(DayTimeDuration left, DayTimeDuration right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one duration is not shorter than another.</summary>
    public static bool operator >=(DayTimeDuration left, DayTimeDuration right) => left.CompareTo(right) >= 0;

    /// <summary>Reads a duration such as P1DT2H3M4.5S.</summary>
    /// <param name="text">The lexical form.</param>
    /// <param name="value">The duration.</param>
    /// <returns>Whether the text is a duration.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out DayTimeDuration value)
    {
        value = default;
        var reader = new DurationReader(text);
        var negative = reader.Take('-');
        if (!reader.Take('P')) return false;
        var days = reader.Part('D');
        var (hours, minutes, seconds, nanos) = (0L, 0L, 0L, 0);
        if (reader.Take('T'))
        {
            if (reader.AtEnd) return false;
            (hours, minutes) = (reader.Part('H'), reader.Part('M'));
            seconds = reader.Seconds(out nanos);
        }

        if (!reader.Any || !reader.AtEnd) return false;
        // Parts have at most twelve digits: no overflow.
        seconds += (((((days * 24) + hours) * 60) + minutes) * 60);
        if (seconds > MaxSeconds) return false;
        value = negative ? new(-seconds, -nanos) : new(seconds, nanos);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(DayTimeDuration other) =>
        Seconds != other.Seconds ? Seconds.CompareTo(other.Seconds) : Nanos.CompareTo(other.Nanos);

    /// <inheritdoc/>
    public override string ToString()
    {
        var (size, nanos) = (Math.Abs(Seconds), Math.Abs(Nanos));
        var (days, hours, minutes, seconds) = (size / 86_400, size / 3600 % 24, size / 60 % 60, size % 60);
        var time = Part(hours, 'H') + Part(minutes, 'M')
            + (seconds == 0 && nanos == 0 ? "" : seconds.ToString(CultureInfo.InvariantCulture) + TemporalText.Fraction(nanos) + 'S');
        var sign = Seconds < 0 || Nanos < 0 ? "-" : "";
        if (size == 0 && nanos == 0) return "PT0S";
        return $"{sign}P{Part(days, 'D')}{(time.Length == 0 ? "" : "T")}{time}";
    }

    private static string Part(long value, char letter) => value == 0 ? "" : value.ToString(CultureInfo.InvariantCulture) + letter;
}
