using System.Text;

namespace Provisioning.Xacml;

/// <summary>Text by characters of Unicode, not by the halves that .NET splits some of them into.</summary>
internal static class Texts
{
    /// <summary>Whether two texts are equal once both are in lower case.</summary>
    public static bool EqualIgnoringCase(string first, string second)
    {
        if (Ascii.EqualsIgnoreCase(first, second)) return true;
        return !(Ascii.IsValid(first) && Ascii.IsValid(second)) && string.Equals(first.ToLowerInvariant(), second.ToLowerInvariant(), StringComparison.Ordinal);
    }

    /// <summary>The text without white space at its ends; the same object if there is none.</summary>
    public static string Trimmed(string text)
    {
        var trimmed = text.AsSpan().Trim(XmlLexical.Space);
        return trimmed.Length == text.Length ? text : trimmed.ToString();
    }

    /// <summary>Compares character by character, by their numbers.</summary>
    public static int Compare(string first, string second)
    {
        var same = first.AsSpan().CommonPrefixLength(second);
        if (same == first.Length || same == second.Length) return first.Length - second.Length;
        return Rank(first[same]) - Rank(second[same]);
    }

    /// <summary>The characters from one position up to another; -1 stands for the end.</summary>
    public static Result<string> Substring(string text, Integer from, Integer to)
    {
        var length = text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? Length(text) : text.Length;
        if (!from.TryGetInt64(out var start) || !to.TryGetInt64(out var end)) (start, end) = (-1, 0);
        if (end == -1) end = length;
        if (start < 0 || start > end || end > length) return Failure.Processing($"substring {from} to {to} of {length} characters");
        return text[Offset(text, length, start)..Offset(text, length, end)];
    }

    // The halves of characters beyond the first 65 536 stand before U+E000 in .NET, behind it in Unicode.
    private static int Rank(char c) => char.IsSurrogate(c) ? c + 0x10000 : c;

    private static int Length(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes()) count++;
        return count;
    }

    private static int Offset(string text, int length, long position)
    {
        if (length == text.Length) return (int)position;
        var offset = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (position-- == 0) break;
            offset += rune.Utf16SequenceLength;
        }

        return offset;
    }
}
