namespace Provisioning.Xacml;

/// <summary>A set of characters: each of ASCII, and all others together.</summary>
/// <param name="Ascii">A bit for each character of ASCII.</param>
/// <param name="Others">Whether there are others.</param>
internal readonly record struct CharacterSet(UInt128 Ascii, bool Others)
{
    public static CharacterSet operator |(CharacterSet left, CharacterSet right) => new(left.Ascii | right.Ascii, left.Others || right.Others);

    /// <summary>The characters of a set of code points.</summary>
    public static CharacterSet Of(CodePoints set)
    {
        var ascii = UInt128.Zero;
        var others = false;
        foreach (var (first, last) in set.Ranges)
        {
            for (var c = first; c <= last && c < 128; c++) ascii |= UInt128.One << c;
            others |= last >= 128;
        }

        return new(ascii, others);
    }

    public bool Overlaps(CharacterSet other) => (Ascii & other.Ascii) != 0 || (Others && other.Others);
}
