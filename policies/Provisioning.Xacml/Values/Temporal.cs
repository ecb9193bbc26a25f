using System.Globalization;
using System.Text.RegularExpressions;
using RegexMatch = System.Text.RegularExpressions.Match;

namespace Provisioning.Xacml;

/// <summary>A date, time or dateTime. A missing time zone counts as UTC, so that comparison is always defined.</summary>
internal readonly partial struct Temporal(DateTime local, TimeSpan? offset) : IEquatable<Temporal>, IComparable<Temporal>, IComparable
{
    // Times need some day; one away from the edges, so that a time zone cannot leave the calendar.
    private static readonly DateTime TimeBase = new(2000, 1, 1);

    public DateTime Local => local;

    public TimeSpan? Offset => offset;

    private long Instant => local.Ticks - (offset ?? TimeSpan.Zero).Ticks;

    public static Temporal ParseDate(string text)
    {
        var match = DatePattern().Match(text);
        return match.Success ? new(Day(match), Zone(match)) : throw new FormatException();
    }

    public static Temporal ParseTime(string text)
    {
        var match = TimePattern().Match(text);
        if (!match.Success) throw new FormatException();
        var time = TimeOfDay(match);
        return new(TimeBase + (time.Days == 1 ? TimeSpan.Zero : time), Zone(match));
    }

    public static Temporal ParseDateTime(string text)
    {
        var match = DateTimePattern().Match(text);
        return match.Success ? new(Day(match) + TimeOfDay(match), Zone(match)) : throw new FormatException();
    }

    public string FormatDate() => local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + FormatZone();

    public string FormatTime() => local.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture) + FormatZone();

    public string FormatDateTime() => local.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture) + FormatZone();

    public Temporal Add(TimeSpan span) => new(local + span, offset);

    public Temporal AddMonths(int months) => new(local.AddMonths(months), offset);

    /// <summary>The ticks from <paramref name="start"/> forward to this time, within one day.</summary>
    public long TicksOfDaySince(Temporal start, TimeSpan? defaultOffset)
    {
        var mine = local.Ticks - (offset ?? defaultOffset ?? TimeSpan.Zero).Ticks;
        var other = start.Local.Ticks - (start.Offset ?? defaultOffset ?? TimeSpan.Zero).Ticks;
        var ticks = (mine - other) % TimeSpan.TicksPerDay;
        return ticks < 0 ? ticks + TimeSpan.TicksPerDay : ticks;
    }

    public bool Equals(Temporal other) => Instant == other.Instant;

    public override bool Equals(object? obj) => obj is Temporal other && Equals(other);

    public override int GetHashCode() => Instant.GetHashCode();

    public int CompareTo(Temporal other) => Instant.CompareTo(other.Instant);

    public int CompareTo(object? obj) => obj is Temporal other ? CompareTo(other) : 1;

    private static DateTime Day(RegexMatch match) => new(Number(match, "y"), Number(match, "m"), Number(match, "d"));

    private static TimeSpan TimeOfDay(RegexMatch match)
    {
        var (hour, minute, second) = (Number(match, "h"), Number(match, "i"), Number(match, "s"));
        var fraction = match.Groups["f"].Value.PadRight(7, '0')[..7];
        var time = new TimeSpan(hour, minute, second) + TimeSpan.FromTicks(long.Parse(fraction, CultureInfo.InvariantCulture));
        var valid = minute < 60 && second < 60 && (hour < 24 || time == TimeSpan.FromDays(1));
        return valid ? time : throw new FormatException();
    }

    private static TimeSpan? Zone(RegexMatch match)
    {
        var text = match.Groups["z"].Value;
        if (text.Length == 0) return null;
        if (text == "Z") return TimeSpan.Zero;
        var span = TimeSpan.ParseExact(text[1..], @"hh\:mm", CultureInfo.InvariantCulture);
        if (span > TimeSpan.FromHours(14)) throw new FormatException();
        return text[0] == '-' ? -span : span;
    }

    private static int Number(RegexMatch match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private string FormatZone() => offset switch
    {
        null => "",
        { Ticks: 0 } => "Z",
        { } zone => (zone < TimeSpan.Zero ? "-" : "+") + zone.ToString(@"hh\:mm", CultureInfo.InvariantCulture),
    };

    [GeneratedRegex(@"^(?<y>[0-9]{4})-(?<m>[0-9]{2})-(?<d>[0-9]{2})(?<z>Z|[+-][0-9]{2}:[0-9]{2})?\z")]
    private static partial Regex DatePattern();

    [GeneratedRegex(@"^(?<h>[0-9]{2}):(?<i>[0-9]{2}):(?<s>[0-9]{2})(\.(?<f>[0-9]+))?(?<z>Z|[+-][0-9]{2}:[0-9]{2})?\z")]
    private static partial Regex TimePattern();

    [GeneratedRegex(
        @"^(?<y>[0-9]{4})-(?<m>[0-9]{2})-(?<d>[0-9]{2})T(?<h>[0-9]{2}):(?<i>[0-9]{2}):(?<s>[0-9]{2})(\.(?<f>[0-9]+))?(?<z>Z|[+-][0-9]{2}:[0-9]{2})?\z")]
    private static partial Regex DateTimePattern();
}
