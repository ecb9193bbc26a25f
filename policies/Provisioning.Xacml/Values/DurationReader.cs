namespace Provisioning.Xacml;

/// <summary>Reads the parts of a duration such as P1DT2H, in order; each part is optional.</summary>
internal ref struct DurationReader(ReadOnlySpan<char> text)
{
    private const int MaxDigits = 12;
    private ReadOnlySpan<char> _rest = text;

    /// <summary>Whether a part was read.</summary>
    public bool Any { get; private set; }

    public readonly bool AtEnd => _rest.IsEmpty;

    public bool Take(char expected)
    {
        if (_rest.IsEmpty || _rest[0] != expected) return false;
        _rest = _rest[1..];
        return true;
    }

    /// <summary>A number followed by its letter; 0 if the next part is another one.</summary>
    public long Part(char letter)
    {
        var digits = TemporalReader.LeadingDigits(_rest);
        if (digits is 0 or > MaxDigits || digits == _rest.Length || _rest[digits] != letter) return 0;
        var value = Number(_rest[..digits]);
        _rest = _rest[(digits + 1)..];
        Any = true;
        return value;
    }

    /// <summary>Seconds with an optional fraction.</summary>
    public long Seconds(out int nanos)
    {
        nanos = 0;
        var digits = TemporalReader.LeadingDigits(_rest);
        if (digits is 0 or > MaxDigits || digits == _rest.Length || _rest[digits] != '.') return Part('S');
        var end = _rest.IndexOf('S');
        if (end < 0) return 0;
        var fraction = new TemporalReader(_rest[(digits + 1)..end]);
        if (!fraction.Fraction(out nanos) || !fraction.ZoneAtEnd(out var none) || none is not null) return 0;
        var value = Number(_rest[..digits]);
        _rest = _rest[(end + 1)..];
        Any = true;
        return value;
    }

    private static long Number(ReadOnlySpan<char> digits)
    {
        var value = 0L;
        foreach (var c in digits) value = (value * 10) + (c - '0');
        return value;
    }
}
