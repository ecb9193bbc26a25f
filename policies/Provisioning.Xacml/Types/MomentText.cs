using System.Globalization;

namespace Provisioning.Xacml;

/// <summary>Reads and writes the lexical forms of xs:date, xs:time and xs:dateTime.</summary>
internal static class MomentText
{
    // Times carry this day, away from the calendar's ends so that offsets never leave it.
    private const string TimeDay = "2000-01-01";

    private static readonly string[] Formats =
        ["yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFFF"];

    public static object? ParseDateTime(string text) => Parse(text);

    public static object? ParseDate(string text)
    {
        var cut = OffsetStart(text, 8);
        return Parse(text[..cut] + "T00:00:00" + text[cut..]);
    }

    public static object? ParseTime(string text) => Parse(TimeDay + "T" + text);

    public static string FormatDateTime(object value) => Format((Moment)value, "yyyy-MM-ddTHH:mm:ss.FFFFFFF");

    public static string FormatDate(object value) => Format((Moment)value, "yyyy-MM-dd");

    public static string FormatTime(object value) => Format((Moment)value, "HH:mm:ss.FFFFFFF");

    public static Moment TimeOf(DateTimeOffset at) => new(new DateTime(2000, 1, 1) + at.TimeOfDay, (int)at.Offset.TotalMinutes);

    private static object? Parse(string text)
    {
        var cut = OffsetStart(text, 19);
        if (!TryOffset(text[cut..], out var offset))
            return null;
        var body = text[..cut];
        var nextDay = false;
        if (body.Length >= 19 && body.AsSpan(11).StartsWith("24:00:00"))
        {
            // xs:dateTime allows 24:00:00 for the end of the day.
            body = string.Concat(body.AsSpan(0, 11), "00:00:00", body.AsSpan(19));
            nextDay = true;
        }
        if (body.Length > 27 && body[19] == '.')
            body = body[..27];
        if (!DateTime.TryParseExact(body, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) || body.EndsWith('.'))
            return null;
        return new Moment(nextDay && !text.StartsWith(TimeDay, StringComparison.Ordinal) ? local.AddDays(1) : local, offset);
    }

    private static int OffsetStart(string text, int from)
    {
        for (var i = Math.Min(from, text.Length); i < text.Length; i++)
        {
            if (text[i] is 'Z' or '+' or '-')
                return i;
        }
        return text.Length;
    }

    private static bool TryOffset(string text, out int? minutes)
    {
        minutes = null;
        if (text.Length == 0)
            return true;
        if (text == "Z")
        {
            minutes = 0;
            return true;
        }
        if (text.Length != 6 || !TimeOnly.TryParseExact(text.AsSpan(1), "HH:mm", out var time) || time > new TimeOnly(14, 0))
            return false;
        minutes = (text[0] == '-' ? -1 : 1) * ((time.Hour * 60) + time.Minute);
        return true;
    }

    private static string Format(Moment moment, string format)
    {
        var text = moment.Local.ToString(format, CultureInfo.InvariantCulture);
        return moment.OffsetMinutes switch
        {
            null => text,
            0 => text + "Z",
            { } offset => $"{text}{(offset < 0 ? '-' : '+')}{Math.Abs(offset) / 60:00}:{Math.Abs(offset) % 60:00}",
        };
    }
}
