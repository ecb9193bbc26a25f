using System.Security.Cryptography;
using System.Text;

namespace Provisioning.Xacml;

/// <summary>A policy document: text, or the bytes of a file, which are read in the encoding that they declare (XML 1.0, section 4.3.3).</summary>
public sealed record PolicySource
{
    private readonly string? _text;
    private readonly ReadOnlyMemory<byte> _document;

    /// <summary>A document that is text already. An encoding that it declares means nothing.</summary>
    /// <param name="name">The name to use in messages.</param>
    /// <param name="text">The XML text.</param>
    public PolicySource(string name, string text)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(text);
        Name = name;
        Key = name;
        _text = text;
    }

    /// <summary>A document as it is stored.</summary>
    /// <param name="name">The name to use in messages, usually the file.</param>
    /// <param name="document">The bytes.</param>
    public PolicySource(string name, ReadOnlyMemory<byte> document)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
        Key = name;
        _document = document;
    }

    /// <summary>The name that messages use.</summary>
    public string Name { get; }

    /// <summary>Whether the policy decides by itself if no other refers to it. <value>The default value is true; false is for libraries of
    /// policies that others may refer to.</value></summary>
    public bool CanBeRoot { get; init; } = true;

    /// <summary>The name that the revision is made of: of a file, its path within the folder, so that it does not matter where the folder lies.</summary>
    internal string Key { get; init; }

    /// <summary>The text.</summary>
    /// <exception cref="System.Xml.XmlException">The bytes are no text in the encoding that they declare.</exception>
    internal TextReader Open() => _text is null ? new StringReader(XmlText.Decode(_document.Span)) : new StringReader(_text);

    /// <summary>Adds name and content to a hash, each with its length, so that no two lists of sources give the same bytes.</summary>
    internal void AppendTo(IncrementalHash hash)
    {
        Append(hash, Encoding.UTF8.GetBytes(Key));
        Append(hash, _text is null ? _document.Span : Encoding.UTF8.GetBytes(_text));
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        hash.AppendData(BitConverter.GetBytes(bytes.Length));
        hash.AppendData(bytes);
    }
}
