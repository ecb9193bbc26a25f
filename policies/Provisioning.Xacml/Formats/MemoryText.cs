namespace Provisioning.Xacml;

/// <summary>Text that is in memory, or gets there.</summary>
internal static class MemoryText
{
    /// <summary>Reads a stream to its end, or to the limit.</summary>
    public static ReadOnlyMemory<byte> ReadAll(Stream stream, int limit)
    {
        var text = new byte[4096];
        var length = 0;
        while (true)
        {
            var count = stream.Read(text, length, text.Length - length);
            if (count == 0) return text.AsMemory(0, length);
            length += count;
            if (length > limit) throw TooLong(limit);
            if (length == text.Length) Array.Resize(ref text, text.Length * 2);
        }
    }

    public static XacmlSyntaxException TooLong(int limit) => new($"the request is longer than {limit} bytes");
}
