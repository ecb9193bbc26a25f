using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace Provisioning.Xacml;

/// <summary>The two durations that have a defined order and arithmetic.</summary>
internal static partial class Durations
{
    public static TimeSpan ParseDayTime(string text) =>
        DayTimePattern().IsMatch(text) ? XmlConvert.ToTimeSpan(text) : throw new FormatException();

    public static int ParseYearMonth(string text)
    {
        var match = YearMonthPattern().Match(text);
        if (!match.Success) throw new FormatException();
        var months = checked((Number(match.Groups["y"].Value) * 12) + Number(match.Groups["m"].Value));
        return text[0] == '-' ? -months : months;
    }

    public static string FormatYearMonth(int months)
    {
        var size = Math.Abs((long)months);
        return string.Create(CultureInfo.InvariantCulture, $"{(months < 0 ? "-" : "")}P{size / 12}Y{size % 12}M");
    }

    private static int Number(string digits) => digits.Length == 0 ? 0 : int.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^-?P(?=.)([0-9]+D)?(T(?=.)([0-9]+H)?([0-9]+M)?([0-9]+(\.[0-9]+)?S)?)?\z")]
    private static partial Regex DayTimePattern();

    [GeneratedRegex(@"^-?P(?=.)((?<y>[0-9]+)Y)?((?<m>[0-9]+)M)?\z")]
    private static partial Regex YearMonthPattern();
}
