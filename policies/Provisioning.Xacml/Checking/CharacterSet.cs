namespace Provisioning.Xacml;

/// <summary>A set of characters: each of ASCII, and all others together.</summary>
/// <param name="Ascii">A bit for each character of ASCII.</param>
/// <param name="Others">Whether there are others.</param>
internal readonly record struct CharacterSet(UInt128 Ascii, bool Others)
{
    public static readonly CharacterSet All = new(UInt128.MaxValue, true);

    public static CharacterSet Digits { get; } = Range('0', '9');

    public static CharacterSet Space { get; } = Of(' ') | Of('\t') | Of('\n') | Of('\r');

    /// <summary>Letters, digits, marks: what \w and the classes of names stand for, roughly.</summary>
    public static CharacterSet Word { get; } = Range('a', 'z') | Range('A', 'Z') | Digits | Of('_') | new CharacterSet(0, true);

    public CharacterSet Complement => new(~Ascii, true);

    public static CharacterSet operator |(CharacterSet left, CharacterSet right) => new(left.Ascii | right.Ascii, left.Others || right.Others);

    public static CharacterSet Of(char c) => c < 128 ? new(UInt128.One << c, false) : new(0, true);

    public static CharacterSet Range(char from, char to)
    {
        var set = new CharacterSet(0, to >= 128);
        for (var c = from; c <= to && c < 128; c++) set |= Of(c);
        return set;
    }

    public bool Overlaps(CharacterSet other) => (Ascii & other.Ascii) != 0 || (Others && other.Others);
}
