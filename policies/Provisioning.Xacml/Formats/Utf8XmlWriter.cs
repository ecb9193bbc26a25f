using System.Buffers;
using System.Text;

namespace Provisioning.Xacml;

/// <summary>Writes XML as UTF-8. Knows just what a response needs: elements whose names are given as they are written, and escaped text.</summary>
internal readonly struct Utf8XmlWriter(IBufferWriter<byte> output)
{
    // What stands for itself in text and in attribute values between double quotes: the rest of ASCII is escaped, other characters are looked at.
    private static readonly SearchValues<char> Special = SearchValues.Create(
        [.. "<>&\"\t\n\r\uFFFE\uFFFF", .. Range('\0', '\x1F'), .. Range('\uD800', '\uDFFF')]);

    public void Raw(ReadOnlySpan<byte> text) => output.Write(text);

    /// <summary>An attribute whose name, with the space before it, is given; nothing if there is no value.</summary>
    public void Attribute(ReadOnlySpan<byte> name, string? value)
    {
        if (value is null) return;
        Raw(name);
        Raw("=\""u8);
        Text(value);
        Raw("\""u8);
    }

    public void Text(ReadOnlySpan<char> text)
    {
        while (true)
        {
            var length = text.IndexOfAny(Special);
            Encoding.UTF8.GetBytes(length < 0 ? text : text[..length], output);
            if (length < 0) return;
            text = text[length..];
            text = text[Escape(text)..];
        }
    }

    /// <summary>Writes what starts a text in a way that XML allows, and answers how many characters that were.</summary>
    private int Escape(ReadOnlySpan<char> text)
    {
        switch (text[0])
        {
            case '<': Raw("&lt;"u8); return 1;
            case '>': Raw("&gt;"u8); return 1;
            case '&': Raw("&amp;"u8); return 1;
            case '"': Raw("&quot;"u8); return 1;
            case '\t': Raw("&#9;"u8); return 1;
            case '\n': Raw("&#10;"u8); return 1;
            case '\r': Raw("&#13;"u8); return 1;
        }

        if (text.Length > 1 && char.IsSurrogatePair(text[0], text[1]))
        {
            Encoding.UTF8.GetBytes(text[..2], output);
            return 2;
        }

        // No escape makes the other characters XML.
        Raw("\uFFFD"u8);
        return 1;
    }

    private static char[] Range(char first, char last) => [.. Enumerable.Range(first, last - first + 1).Select(code => (char)code)];
}
