using System.Text;

namespace Provisioning.Xacml;

/// <summary>What the first bytes of a document tell about its encoding (XML 1.0, appendix F).</summary>
/// <param name="Encoding">The encoding, if the first bytes settle it.</param>
/// <param name="MarkLength">The length of the byte order mark; 0 if there is none.</param>
internal sealed record XmlEncodingFamily(Encoding? Encoding, int MarkLength)
{
    // A declaration is short: version, encoding, standalone.
    private const int LongestDeclaration = 400;

    private bool IsWide => Encoding is not (null or UTF8Encoding);

    public static XmlEncodingFamily Of(ReadOnlySpan<byte> document)
    {
        foreach (var encoding in (Encoding[])[Utf32(bigEndian: false), Utf32(bigEndian: true), new UTF8Encoding(true, true), Utf16(bigEndian: false), Utf16(bigEndian: true)])
        {
            if (document.StartsWith(encoding.Preamble)) return new(encoding, encoding.Preamble.Length);
        }

        // Without a mark, the declaration shows how wide a character is.
        if (document.StartsWith("<\0?\0"u8)) return new(Utf16(bigEndian: false), 0);
        if (document.StartsWith("\0<\0?"u8)) return new(Utf16(bigEndian: true), 0);
        if (document.StartsWith("<\0\0\0"u8)) return new(Utf32(bigEndian: false), 0);
        return document.StartsWith("\0\0\0<"u8) ? new(Utf32(bigEndian: true), 0) : new(null, 0);
    }

    /// <summary>The encoding that the XML declaration names; null if it names none.</summary>
    public string? Declared(ReadOnlySpan<byte> document)
    {
        // Up to the declared name, all encodings of one family look alike.
        var text = (IsWide ? Lenient(Encoding!) : System.Text.Encoding.Latin1).GetString(document[..Math.Min(document.Length, LongestDeclaration)]).AsSpan();
        if (!text.StartsWith("<?xml", StringComparison.Ordinal) || text.Length < 6 || !XmlLexical.Space.Contains(text[5], StringComparison.Ordinal)) return null;
        var end = text.IndexOf("?>", StringComparison.Ordinal);
        var declaration = end < 0 ? text : text[..end];
        var at = declaration.IndexOf("encoding", StringComparison.Ordinal);
        if (at < 0) return null;
        var rest = declaration[(at + "encoding".Length)..].TrimStart(XmlLexical.Space);
        if (!rest.StartsWith('=')) return null;
        rest = rest[1..].TrimStart(XmlLexical.Space);
        if (rest.IsEmpty || rest[0] is not ('"' or '\'')) return null;
        var length = rest[1..].IndexOf(rest[0]);
        return length < 0 ? null : rest.Slice(1, length).ToString();
    }

    /// <summary>Whether a document of this family can be in a declared encoding.</summary>
    public bool Agrees(Encoding declared, string name, ReadOnlySpan<byte> document)
    {
        if (Encoding is null) return document.StartsWith(declared.GetBytes("<?xml"));
        // The names without byte order stand for both.
        var isOpen = IsWide && !name.EndsWith("LE", StringComparison.OrdinalIgnoreCase) && !name.EndsWith("BE", StringComparison.OrdinalIgnoreCase);
        return declared.CodePage == Encoding.CodePage || (isOpen && declared.WebName + "BE" == Encoding.WebName);
    }

    /// <summary>The same encoding, which puts a mark in place of what it cannot decode.</summary>
    public static Encoding Lenient(Encoding encoding)
    {
        var lenient = (Encoding)encoding.Clone();
        lenient.DecoderFallback = DecoderFallback.ReplacementFallback;
        return lenient;
    }

    private static UnicodeEncoding Utf16(bool bigEndian) => new(bigEndian, byteOrderMark: true, throwOnInvalidBytes: true);

    private static UTF32Encoding Utf32(bool bigEndian) => new(bigEndian, byteOrderMark: true, throwOnInvalidCharacters: true);
}
