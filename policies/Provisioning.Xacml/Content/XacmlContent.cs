using System.Xml;
using System.Xml.XPath;

namespace Provisioning.Xacml;

/// <summary>The XML content of a category: a document of its own, whose document element is the only child of Content (core 7.3.7).</summary>
internal sealed class XacmlContent
{
    private readonly XPathDocument _document;

    private XacmlContent(XPathDocument document) => _document = document;

    /// <summary>The document node.</summary>
    public XPathNavigator Root => _document.CreateNavigator();

    /// <summary>Reads the child of the Content element that a reader is at, and leaves the reader at the end of Content.</summary>
    /// <exception cref="XacmlSyntaxException">Content does not hold exactly one element, or it is nested too deeply.</exception>
    public static XacmlContent Read(XmlReader reader, int maxDepth)
    {
        XacmlContent? content = null;
        if (reader.IsEmptyElement) throw Wrong("none");
        var depth = reader.Depth;
        reader.Read();
        while (reader.NodeType != XmlNodeType.EndElement || reader.Depth > depth)
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                if (content is not null) throw Wrong("several");
                content = Child(reader, maxDepth);
            }

            reader.Read();
        }

        return content ?? throw Wrong("none");
    }

    /// <summary>Reads content written as a text of its own: XML, or the base64 of XML (JSON profile 1.1, section 4.2.3).</summary>
    /// <exception cref="XacmlSyntaxException">The text is neither.</exception>
    public static XacmlContent Parse(string text, RequestLimits limits)
    {
        try
        {
            // What is encoded is a document with an encoding of its own.
            using var reader = SafeXml.Open(new StringReader(text.AsSpan().TrimStart().StartsWith('<') ? text : XmlText.Decode(Decoded(text))), limits.Length);
            return new(Bounded(reader, limits.Depth));
        }
        catch (XmlException error)
        {
            throw new XacmlSyntaxException($"Content is not XML: {XmlFault.Say(error)}", error);
        }
    }

    private static byte[] Decoded(string base64)
    {
        try
        {
            return Convert.FromBase64String(base64);
        }
        catch (FormatException error)
        {
            throw new XacmlSyntaxException("Content is neither XML nor the base64 of it", error);
        }
    }

    private static XacmlContent Child(XmlReader reader, int maxDepth)
    {
        using var child = reader.ReadSubtree();
        return new(Bounded(child, maxDepth));
    }

    private static XPathDocument Bounded(XmlReader reader, int maxDepth)
    {
        var document = new XPathDocument(reader, XmlSpace.Preserve);
        if (IsDeeper(document.CreateNavigator(), maxDepth)) throw new XacmlSyntaxException($"Content is nested deeper than {maxDepth} elements");
        return document;
    }

    private static bool IsDeeper(XPathNavigator at, int maxDepth)
    {
        var depth = 0;
        while (true)
        {
            if (at.MoveToFirstChild())
            {
                if (++depth > maxDepth) return true;
                continue;
            }

            while (!at.MoveToNext())
            {
                if (!at.MoveToParent()) return false;
                depth--;
            }
        }
    }

    private static XacmlSyntaxException Wrong(string count) => new($"Content must hold exactly one element, and there are {count}");
}
