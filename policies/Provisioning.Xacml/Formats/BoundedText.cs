using System.Text;

namespace Provisioning.Xacml;

/// <summary>Reads a request's text from a stream, up to the size that a reader would refuse anyway.</summary>
internal static class BoundedText
{
    private const int MaxCharacters = 10_000_000;

    public static string Read(Stream utf8)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        using var reader = new StreamReader(utf8, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        var text = new StringBuilder();
        var buffer = new char[8192];
        for (int count; (count = reader.Read(buffer, 0, buffer.Length)) > 0;)
        {
            text.Append(buffer, 0, count);
            if (text.Length > MaxCharacters) throw new XacmlSyntaxException($"the request is longer than {MaxCharacters} characters");
        }

        return text.ToString();
    }
}
