namespace Provisioning.Xacml;

/// <summary>The proleptic Gregorian calendar beyond the years that .NET knows. Year 0 is 1 BC.</summary>
internal static class Calendar
{
    public const long SecondsPerDay = 86_400;

    /// <summary>Further years are refused, so that no arithmetic can overflow.</summary>
    public const long MaxYear = 999_999_999;

    private const long DaysPerEra = 146_097;
    private const long YearsPerEra = 400;

    // From 1 March of year 0 to 1 January of year 1.
    private const long DaysToEpoch = 306;

    public static int DaysInMonth(long year, int month) => month switch
    {
        2 => IsLeap(year) ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };

    /// <summary>Days since 1 January of year 1. Years are counted from March, so that the leap day comes last.</summary>
    public static long DayNumber(long year, int month, int day)
    {
        if (month <= 2) year--;
        var era = Floor(year, YearsPerEra);
        var yearOfEra = year - (era * YearsPerEra);
        var dayOfYear = (((153 * ((month + 9) % 12)) + 2) / 5) + day - 1;
        return (era * DaysPerEra) + (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear - DaysToEpoch;
    }

    public static (long Year, int Month, int Day) FromDayNumber(long number)
    {
        number += DaysToEpoch;
        var era = Floor(number, DaysPerEra);
        var dayOfEra = number - (era * DaysPerEra);
        var yearOfEra = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        var dayOfYear = (int)(dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100)));
        var shifted = ((5 * dayOfYear) + 2) / 153;
        var month = shifted < 10 ? shifted + 3 : shifted - 9;
        var year = yearOfEra + (era * YearsPerEra) + (month <= 2 ? 1 : 0);
        return (year, month, dayOfYear - (((153 * shifted) + 2) / 5) + 1);
    }

    public static long Floor(long value, long divisor) => (value - Modulo(value, divisor)) / divisor;

    public static long Modulo(long value, long divisor)
    {
        var rest = value % divisor;
        return rest < 0 ? rest + divisor : rest;
    }

    private static bool IsLeap(long year) => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}
