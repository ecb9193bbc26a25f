using System.Text;
using System.Xml;

namespace Provisioning.Xacml;

/// <summary>Reads a policy document element by element: no DTD, nothing external, bounded size and depth. Policy sets are left open, so that no more
/// than one policy is in memory at a time.</summary>
internal sealed class ElementReader : IDisposable
{
    public const string XacmlNamespace = "urn:oasis:names:tc:xacml:3.0:core:schema:wd-17";
    private const int MaxDepth = 100;
    private const int MaxSharedLength = 200;
    private readonly XmlReader _reader;
    private readonly IXmlLineInfo _lines;

    // Policies repeat identifiers thousands of times.
    private readonly Dictionary<string, string> _shared;
    private readonly AttributesCheck _attributes;
    private readonly Stack<ContentCheck> _open = [];

    public ElementReader(TextReader text, long maxCharacters, Dictionary<string, string> shared)
    {
        _shared = shared;
        _attributes = new(Faults, Remarks);
        _reader = XmlReader.Create(text, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = maxCharacters,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        });
        _lines = (IXmlLineInfo)_reader;
    }

    /// <summary>What the schema does not allow.</summary>
    public SchemaFaults Faults { get; } = new();

    /// <summary>What the schema does not allow and yet harms nobody, as line and message.</summary>
    public List<(int Line, string Message)> Remarks { get; } = [];

    public void Dispose() => _reader.Dispose();

    public Element ReadRoot()
    {
        _reader.MoveToContent();
        return ReadElement(null);
    }

    /// <summary>The next child of the element that was opened last; null if there is none left.</summary>
    public Element? NextChild(int depth)
    {
        var check = _open.Peek();
        while (Read())
        {
            if (_reader.Depth <= depth) break;
            if (_reader.Depth > depth + 1) continue;
            if (_reader.NodeType == XmlNodeType.Element) return ReadElement(check);
            if (_reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA) check.Text(_reader.Value, _lines.LineNumber);
        }

        _open.Pop().End();
        return null;
    }

    /// <summary>Reads the rest of the document, so that no error in it is overlooked.</summary>
    public void ReadToEnd()
    {
        while (Read())
        {
        }
    }

    /// <summary>The depth of the element read last.</summary>
    public int Depth => _reader.Depth;

    private bool Read()
    {
        var more = _reader.Read();
        if (_reader.Depth > MaxDepth) throw new XmlException($"elements are nested deeper than {MaxDepth}", null, _lines.LineNumber, 0);
        return more;
    }

    private Element ReadElement(ContentCheck? parent)
    {
        var line = _lines.LineNumber;
        var isXacml = _reader.NamespaceURI == XacmlNamespace;
        // The compiler says what is wrong with a root.
        var isKnown = isXacml && (parent is null ? _reader.LocalName is "Policy" or "PolicySet" : parent.Child(_reader.LocalName, line));
        var schema = isKnown ? PolicySchema.Find(_reader.LocalName) : null;
        if (schema is not null) _attributes.Look(schema, _reader);
        var check = schema is null ? null : new ContentCheck(schema, line, Faults);
        var isEmpty = _reader.IsEmptyElement;
        var isOpen = !isEmpty && check is not null && _reader.LocalName == "PolicySet" && (parent is null || _open.Contains(parent));
        var element = new Element(_reader.LocalName, _reader.NamespaceURI, line, ReadAttributes())
        {
            IsOpen = isOpen,
            Prefixes = HoldsXPath() ? Prefixes() : null,
        };
        if (!isXacml) parent?.Foreign(element.FullName, line);
        if (isOpen) _open.Push(check!);
        else if (isEmpty) check?.End();
        else ReadContent(element, check);
        return element;
    }

    private void ReadContent(Element element, ContentCheck? check)
    {
        var depth = _reader.Depth;
        StringBuilder? longer = null;
        var text = "";
        while (Read() && _reader.Depth > depth)
        {
            switch (_reader.NodeType)
            {
                case XmlNodeType.Element:
                    element.Children.Add(ReadElement(check ?? ContentCheck.Nothing));
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    if (text.Length > 0) longer ??= new StringBuilder(text);
                    text = _reader.Value;
                    longer?.Append(text);
                    check?.Text(text, _lines.LineNumber);
                    break;
            }
        }

        check?.End();
        text = longer?.ToString() ?? text;
        element.Text = element.Children.Count > 0 && string.IsNullOrWhiteSpace(text) ? "" : Share(text);
    }

    private KeyValuePair<string, string>[] ReadAttributes()
    {
        var result = new List<KeyValuePair<string, string>>(_reader.AttributeCount);
        while (_reader.MoveToNextAttribute())
        {
            // Those with a namespace, such as xml:id, are not of XACML.
            if (_reader.NamespaceURI.Length > 0) continue;
            result.Add(new(_reader.LocalName, Share(_reader.Value)));
        }

        _reader.MoveToElement();
        return [.. result];
    }

    private bool HoldsXPath() => _reader.LocalName == "AttributeSelector" || _reader.GetAttribute("XPathCategory") is not null;

    private Dictionary<string, string> Prefixes() =>
        new(((IXmlNamespaceResolver)_reader).GetNamespacesInScope(XmlNamespaceScope.ExcludeXml));

    private string Share(string text)
    {
        if (text.Length > MaxSharedLength) return text;
        if (_shared.TryGetValue(text, out var known)) return known;
        _shared.Add(text, text);
        return text;
    }
}
