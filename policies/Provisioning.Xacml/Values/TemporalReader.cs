namespace Provisioning.Xacml;

/// <summary>Reads the parts of dates and times one after the other.</summary>
internal ref struct TemporalReader(ReadOnlySpan<char> text)
{
    private const int MaxYearDigits = 9;
    private const int MaxZone = 14 * 60;
    private ReadOnlySpan<char> _rest = text;

    public bool Take(char expected)
    {
        if (_rest.IsEmpty || _rest[0] != expected) return false;
        _rest = _rest[1..];
        return true;
    }

    public bool Date(out long days)
    {
        days = 0;
        var beforeChrist = Take('-');
        var digits = LeadingDigits(_rest);
        // More than four digits have no leading zero; there is no year 0000.
        if (digits is < 4 or > MaxYearDigits || (digits > 4 && _rest[0] == '0')) return false;
        var year = Number(digits);
        if (year == 0) return false;
        if (beforeChrist) year = 1 - year;
        if (!Take('-') || !TwoDigits(out var month) || !Take('-') || !TwoDigits(out var day)) return false;
        if (month is < 1 or > 12 || day < 1 || day > Calendar.DaysInMonth(year, month)) return false;
        days = Calendar.DayNumber(year, month, day);
        return true;
    }

    public bool Time(out int seconds, out int nanos)
    {
        (seconds, nanos) = (0, 0);
        if (!TwoDigits(out var hour) || !Take(':') || !TwoDigits(out var minute) || !Take(':') || !TwoDigits(out var second)) return false;
        if (Take('.') && !Fraction(out nanos)) return false;
        seconds = (((hour * 60) + minute) * 60) + second;
        return minute < 60 && second < 60 && (hour < 24 || (seconds == Calendar.SecondsPerDay && nanos == 0));
    }

    public bool ZoneAtEnd(out int? zone)
    {
        zone = null;
        if (_rest.IsEmpty) return true;
        if (Take('Z'))
        {
            zone = 0;
            return _rest.IsEmpty;
        }

        var behind = _rest[0] == '-';
        if (!behind && _rest[0] != '+') return false;
        _rest = _rest[1..];
        if (!TwoDigits(out var hours) || !Take(':') || !TwoDigits(out var minutes) || minutes > 59) return false;
        var size = (hours * 60) + minutes;
        zone = behind ? -size : size;
        return size <= MaxZone && _rest.IsEmpty;
    }

    /// <summary>Digits behind the point; beyond nanoseconds they are dropped.</summary>
    public bool Fraction(out int nanos)
    {
        nanos = 0;
        var digits = LeadingDigits(_rest);
        if (digits == 0) return false;
        for (var i = 0; i < 9; i++) nanos = (nanos * 10) + (i < digits ? _rest[i] - '0' : 0);
        _rest = _rest[digits..];
        return true;
    }

    public static int LeadingDigits(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length : end;
    }

    private bool TwoDigits(out int value)
    {
        value = 0;
        if (_rest.Length < 2 || LeadingDigits(_rest[..2]) < 2) return false;
        value = (int)Number(2);
        return true;
    }

    private long Number(int digits)
    {
        var value = 0L;
        foreach (var c in _rest[..digits]) value = (value * 10) + (c - '0');
        _rest = _rest[digits..];
        return value;
    }
}
