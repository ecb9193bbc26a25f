using System.Globalization;

namespace Provisioning.Xacml;

/// <summary>The text of a pattern, code point by code point, and the first thing that is wrong with it.</summary>
internal sealed class PatternText(string pattern)
{
    /// <summary>What reading answers at the end.</summary>
    public const int None = -1;

    private int _at;

    /// <summary>What is wrong; null if nothing is yet.</summary>
    public string? Fault { get; private set; }

    public bool AtEnd => _at >= pattern.Length;

    public int Position => _at;

    /// <summary>The code point that comes next.</summary>
    public int Next => AtEnd ? None : At(_at);

    /// <summary>The UTF-16 unit that comes behind the next one, which is of ASCII.</summary>
    public int Second => _at + 1 < pattern.Length ? pattern[_at + 1] : None;

    public int Third => _at + 2 < pattern.Length ? pattern[_at + 2] : None;

    public string Since(int start) => pattern[start..Math.Min(_at, pattern.Length)];

    public int Read()
    {
        var next = Next;
        if (next is >= 0xD800 and <= 0xDFFF) Fail("holds half a character");
        _at += next > char.MaxValue ? 2 : 1;
        return next;
    }

    public bool Take(char expected)
    {
        if (Next != expected) return false;
        _at++;
        return true;
    }

    /// <summary>Notes what is wrong, with the place, and ends the reading.</summary>
    public void Fail(string message)
    {
        Fault ??= string.Create(CultureInfo.InvariantCulture, $"{message} (at character {1 + pattern[..Math.Min(_at, pattern.Length)].EnumerateRunes().Count()})");
        _at = pattern.Length;
    }

    private int At(int index) => char.IsHighSurrogate(pattern[index]) && index + 1 < pattern.Length && char.IsLowSurrogate(pattern[index + 1])
        ? char.ConvertToUtf32(pattern[index], pattern[index + 1]) : pattern[index];
}
