using System.Text;

namespace Provisioning.Connectors.Csv;

/// <summary>Failures of a file that cannot be understood: the file's fault, never that of the account that happens to be written.</summary>
internal static class BrokenFile
{
    private const int Shown = 60;

    /// <summary>A fault on a line, with what to do about it.</summary>
    public static ConnectorException On(string path, int line, string fault, string remedy) =>
        new(FailureKind.Misconfigured, $"the file '{path}' has {fault} on line {line}: {remedy}");

    /// <summary>Bytes that are no text in the encoding of the file.</summary>
    public static ConnectorException Undecodable(string path, Encoding encoding, DecoderFallbackException cause)
    {
        var place = encoding is UTF8Encoding ? FirstInvalid(path, encoding) : null;
        return new ConnectorException(
            FailureKind.Misconfigured, $"the file '{path}' is not valid {encoding.WebName.ToUpperInvariant()}{place}: save it as UTF-8", cause);
    }

    // Latin-1 gives one character for each byte, and shows most often what the writer meant.
    private static string? FirstInvalid(string path, Encoding encoding)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.Latin1, detectEncodingFromByteOrderMarks: false);
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            try
            {
                encoding.GetCharCount(Encoding.Latin1.GetBytes(line));
            }
            catch (DecoderFallbackException e)
            {
                return $" on line {number}, which has the byte 0x{e.BytesUnknown?.FirstOrDefault():X2} in '{Cut(line)}'";
            }
        }

        return null;
    }

    /// <summary>A value of the file, short enough for a message.</summary>
    public static string Cut(string value)
    {
        var line = value.AsSpan();
        if (line.IndexOfAny('\r', '\n') is var end and >= 0)
            line = line[..end];
        return line.Length <= Shown ? line.ToString() : $"{line[..Shown]}…";
    }
}
