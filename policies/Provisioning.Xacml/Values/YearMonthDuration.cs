using System.Globalization;

namespace Provisioning.Xacml;

/// <summary>A duration of years and months.</summary>
/// <param name="Months">All of it in months; negative for a duration into the past.</param>
public readonly record struct YearMonthDuration(long Months) : IComparable<YearMonthDuration>
{
    // Further durations lead out of the calendar from anywhere in it.
    private const long MaxMonths = 2 * Calendar.MaxYear * 12;

    /// <summary>The same duration the other way.</summary>
    public YearMonthDuration Negated => new(-Months);

    /// <summary>Whether one duration is shorter than another.</summary>
    public static bool operator <(YearMonthDuration left, YearMonthDuration right) => left.Months < right.Months;

    /// <summary>Whether one duration is longer than another.</summary>
    public static bool operator >(YearMonthDuration left, YearMonthDuration right) => left.Months > right.Months;

    /// <summary>Whether one duration is not longer than another.</summary>
    public static bool operator <=(YearMonthDuration left, YearMonthDuration right) => left.Months <= right.Months;

    /// <summary>Whether one duration is not shorter than another.</summary>
    public static bool operator >=(YearMonthDuration left, YearMonthDuration right) => left.Months >= right.Months;

    /// <summary>Reads a duration such as P1Y2M.</summary>
    /// <param name="text">The lexical form.</param>
    /// <param name="value">The duration.</param>
    /// <returns>Whether the text is a duration.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out YearMonthDuration value)
    {
        value = default;
        var reader = new DurationReader(text);
        var negative = reader.Take('-');
        if (!reader.Take('P')) return false;
        var months = (reader.Part('Y') * 12) + reader.Part('M');
        if (!reader.Any || !reader.AtEnd || months > MaxMonths) return false;
        value = new(negative ? -months : months);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(YearMonthDuration other) => Months.CompareTo(other.Months);

    /// <inheritdoc/>
    public override string ToString()
    {
        var (years, months) = (Math.Abs(Months) / 12, Math.Abs(Months) % 12);
        var sign = Months < 0 ? "-" : "";
        return (years, months) switch
        {
            (0, _) => string.Create(CultureInfo.InvariantCulture, $"{sign}P{months}M"),
            (_, 0) => string.Create(CultureInfo.InvariantCulture, $"{sign}P{years}Y"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{sign}P{years}Y{months}M"),
        };
    }
}
