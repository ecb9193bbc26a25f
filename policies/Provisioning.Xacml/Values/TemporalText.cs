using System.Globalization;

namespace Provisioning.Xacml;

/// <summary>The lexical forms of date, time and dateTime (XML Schema part 2, 3.2.7 to 3.2.9).</summary>
internal static class TemporalText
{
    public static readonly Failure OutOfCalendar = Failure.Processing($"a date beyond the year {Calendar.MaxYear}");

    public static bool TryDate(ReadOnlySpan<char> text, out Temporal value)
    {
        var reader = new TemporalReader(text);
        return reader.Date(out var days) & reader.ZoneAtEnd(out var zone) & Set(out value, days * Calendar.SecondsPerDay, 0, zone);
    }

    public static bool TryTime(ReadOnlySpan<char> text, out Temporal value)
    {
        var reader = new TemporalReader(text);
        // 24:00:00 is midnight.
        return reader.Time(out var seconds, out var nanos) & reader.ZoneAtEnd(out var zone)
            & Set(out value, seconds % Calendar.SecondsPerDay, nanos, zone);
    }

    public static bool TryDateTime(ReadOnlySpan<char> text, out Temporal value)
    {
        var reader = new TemporalReader(text);
        return reader.Date(out var days) & reader.Take('T') & reader.Time(out var seconds, out var nanos) & reader.ZoneAtEnd(out var zone)
            & Set(out value, (days * Calendar.SecondsPerDay) + seconds, nanos, zone);
    }

    public static string FormatDate(Temporal value) => Day(value) + Zone(value);

    public static string FormatTime(Temporal value) => TimeOfDay(value) + Zone(value);

    public static string FormatDateTime(Temporal value) => Day(value) + "T" + TimeOfDay(value) + Zone(value);

    /// <summary>The canonical form: in UTC if there is a time zone.</summary>
    public static string CanonicalDateTime(Temporal value) => FormatDateTime(value.InUtc());

    /// <summary>The canonical form: in UTC if there is a time zone.</summary>
    public static string CanonicalTime(Temporal value) => FormatTime(value.InUtc());

    /// <summary>The canonical form: the day on which its noon is in UTC, in the time zone that makes up for it (XML Schema part 2, 3.2.9.2).</summary>
    public static string CanonicalDate(Temporal value)
    {
        const int HalfDay = 12 * 60;
        return value.ZoneMinutes switch
        {
            > HalfDay => FormatDate(new(value.Seconds - Calendar.SecondsPerDay, 0, value.ZoneMinutes - (2 * HalfDay))),
            <= -HalfDay => FormatDate(new(value.Seconds + Calendar.SecondsPerDay, 0, value.ZoneMinutes + (2 * HalfDay))),
            _ => FormatDate(value),
        };
    }

    private static bool Set(out Temporal value, long seconds, int nanos, int? zone)
    {
        value = new(seconds, nanos, zone);
        return true;
    }

    private static string Day(Temporal value)
    {
        var (year, month, day) = Calendar.FromDayNumber(Calendar.Floor(value.Seconds, Calendar.SecondsPerDay));
        var (sign, shown) = year > 0 ? ("", year) : ("-", 1 - year);
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{shown:0000}-{month:00}-{day:00}");
    }

    private static string TimeOfDay(Temporal value)
    {
        var seconds = Calendar.Modulo(value.Seconds, Calendar.SecondsPerDay);
        return string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:00}:{seconds / 60 % 60:00}:{seconds % 60:00}") + Fraction(value.Nanos);
    }

    public static string Fraction(int nanos) =>
        nanos == 0 ? "" : "." + nanos.ToString("000000000", CultureInfo.InvariantCulture).TrimEnd('0');

    private static string Zone(Temporal value) => value.ZoneMinutes switch
    {
        null => "",
        0 => "Z",
        { } zone => string.Create(
            CultureInfo.InvariantCulture, $"{(zone < 0 ? '-' : '+')}{Math.Abs(zone) / 60:00}:{Math.Abs(zone) % 60:00}"),
    };
}
