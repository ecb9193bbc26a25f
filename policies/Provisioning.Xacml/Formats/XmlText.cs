using System.Text;
using System.Xml;

namespace Provisioning.Xacml;

/// <summary>Decodes XML documents as XML 1.0, section 4.3.3 and appendix F say: by the byte order mark, the declaration, or else as UTF-8. What
/// cannot be decoded is an error: to replace it would make another document of it.</summary>
internal static class XmlText
{
    private static readonly string[] Usual = ["UTF-8", "UTF-16", "US-ASCII", "ISO-8859-1", "ISO-8859-15", "windows-1252"];
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of a document, without the byte order mark.</summary>
    /// <exception cref="XmlException">The bytes are no text in their encoding, or the encoding is unknown, or another than the one declared.</exception>
    public static string Decode(ReadOnlySpan<byte> document)
    {
        var encoding = EncodingOf(ref document);
        try
        {
            return encoding.GetString(document);
        }
        catch (DecoderFallbackException error)
        {
            var before = XmlEncodingFamily.Lenient(encoding).GetString(document[..Math.Clamp(error.Index, 0, document.Length)]);
            var bytes = error.BytesUnknown is { Length: > 0 } unknown ? $"the bytes {Convert.ToHexString(unknown)} are" : "a piece of the document is";
            throw Wrong($"{bytes} no text in the encoding '{encoding.WebName}'; save the document in it, or declare the encoding that it has", 1 + before.AsSpan().Count('\n'));
        }
    }

    private static Encoding EncodingOf(ref ReadOnlySpan<byte> document)
    {
        var family = XmlEncodingFamily.Of(document);
        document = document[family.MarkLength..];
        if (family.Declared(document) is not { } name) return family.Encoding ?? Utf8;
        var declared = Find(name) ?? throw Wrong($"the declared encoding '{name}' is unknown{Hint(name)}");
        return family.Agrees(declared, name, document) ? family.Encoding ?? declared : throw Wrong($"the document declares the encoding '{name}' and is not written in it");
    }

    private static string Hint(string name)
    {
        static string Plain(string text) => string.Concat(text.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        return Array.Find(Usual, one => Plain(one) == Plain(name)) is { } near ? $"; did you mean '{near}'?" : "";
    }

    private static XmlException Wrong(string message, int line = 1) => new(message, null, line, 0);

    private static Encoding? Find(string name)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
                ?? Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
