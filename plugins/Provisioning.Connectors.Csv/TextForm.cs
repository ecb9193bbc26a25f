using System.Text;

namespace Provisioning.Connectors.Csv;

/// <summary>How the text of a file is written down; kept when the file is replaced.</summary>
/// <param name="Encoding">Strict: what it cannot read must fail, because replaced by question marks it would be lost at the next rewrite.</param>
/// <param name="NewLine">The line break of the first line; null when the file has none.</param>
internal sealed record TextForm(Encoding Encoding, string? NewLine)
{
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // The mark of UTF-32 begins with that of UTF-16, so the longer ones come first.
    private static readonly Encoding[] Marked =
    [
        new UTF32Encoding(bigEndian: false, byteOrderMark: true, throwOnInvalidCharacters: true),
        new UTF32Encoding(bigEndian: true, byteOrderMark: true, throwOnInvalidCharacters: true),
        new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true),
        new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
        new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
    ];

    /// <summary>The form of a file that is not there yet.</summary>
    public static TextForm New { get; } = new(Utf8, null);

    /// <summary>Reads a file by its byte order mark, or as UTF-8 when it has none.</summary>
    public static (string Text, TextForm Form) Read(string path)
    {
        var encoding = Utf8;
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            encoding = Detect(stream);
            using var reader = new StreamReader(stream, encoding, detectEncodingFromByteOrderMarks: false, bufferSize: 64 * 1024);
            var text = reader.ReadToEnd();
            return (text, new TextForm(encoding, FirstBreak(text)));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return ("", New);
        }
        catch (DecoderFallbackException e)
        {
            throw BrokenFile.Undecodable(path, encoding, e);
        }
    }

    private static Encoding Detect(FileStream stream)
    {
        Span<byte> start = stackalloc byte[4];
        start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        stream.Position = 0;
        foreach (var encoding in Marked)
        {
            if (start.StartsWith(encoding.Preamble))
                return encoding;
        }

        return Utf8;
    }

    private static string? FirstBreak(string text)
    {
        var at = text.AsSpan().IndexOfAny('\r', '\n');
        if (at < 0)
            return null;
        return text.AsSpan(at).StartsWith("\r\n") ? "\r\n" : text[at].ToString();
    }
}
