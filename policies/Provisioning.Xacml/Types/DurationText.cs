using System.Globalization;
using System.Text.RegularExpressions;

namespace Provisioning.Xacml;

/// <summary>Reads and writes xs:dayTimeDuration (a TimeSpan) and xs:yearMonthDuration (months as a long).</summary>
internal static partial class DurationText
{
    public static object? ParseDayTime(string text)
    {
        var match = DayTime().Match(text);
        if (!match.Success || text.EndsWith('P') || text.EndsWith('T'))
            return null;
        try
        {
            var seconds = (Part(match, "d") * 86400) + (Part(match, "h") * 3600) + (Part(match, "m") * 60) + Part(match, "s");
            var ticks = decimal.ToInt64(seconds * TimeSpan.TicksPerSecond);
            return new TimeSpan(text[0] == '-' ? -ticks : ticks);
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    public static object? ParseYearMonth(string text)
    {
        var match = YearMonth().Match(text);
        if (!match.Success || text.EndsWith('P'))
            return null;
        try
        {
            var months = decimal.ToInt64((Part(match, "y") * 12) + Part(match, "m"));
            return text[0] == '-' ? -months : months;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    public static string FormatDayTime(object value)
    {
        var span = (TimeSpan)value;
        if (span == TimeSpan.Zero)
            return "PT0S";
        var sign = span < TimeSpan.Zero ? "-" : "";
        span = span.Duration();
        var days = span.Days > 0 ? $"{span.Days}D" : "";
        var hours = span.Hours > 0 ? $"{span.Hours}H" : "";
        var minutes = span.Minutes > 0 ? $"{span.Minutes}M" : "";
        var rest = span.Seconds + ((decimal)(span.Ticks % TimeSpan.TicksPerSecond) / TimeSpan.TicksPerSecond);
        var seconds = rest > 0 ? rest.ToString("0.#######", CultureInfo.InvariantCulture) + "S" : "";
        var time = hours + minutes + seconds;
        return $"{sign}P{days}{(time.Length > 0 ? "T" + time : "")}";
    }

    public static string FormatYearMonth(object value)
    {
        var months = (long)value;
        var (years, rest) = Math.DivRem(Math.Abs(months), 12);
        if (months == 0)
            return "P0M";
        return $"{(months < 0 ? "-" : "")}P{(years > 0 ? $"{years}Y" : "")}{(rest > 0 ? $"{rest}M" : "")}";
    }

    private static decimal Part(Match match, string name) =>
        match.Groups[name] is { Success: true } group ? decimal.Parse(group.Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^-?P(?:(?<d>[0-9]+)D)?(?:T(?:(?<h>[0-9]+)H)?(?:(?<m>[0-9]+)M)?(?:(?<s>[0-9]+(?:\.[0-9]+)?)S)?)?\z")]
    private static partial Regex DayTime();

    [GeneratedRegex(@"^-?P(?:(?<y>[0-9]+)Y)?(?:(?<m>[0-9]+)M)?\z")]
    private static partial Regex YearMonth();
}
