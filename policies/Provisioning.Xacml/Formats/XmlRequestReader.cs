using System.Text;
using System.Xml;

namespace Provisioning.Xacml;

/// <summary>Reads a Request element as its schema says, in one go and without a document tree.</summary>
internal sealed class XmlRequestReader(XmlReader reader, RequestAssembler assembler)
{
    private const int IsEmpty = -1;

    // The reader hands out names as strings of its table: to compare them is to compare references.
    private readonly string _namespace = reader.NameTable.Add("urn:oasis:names:tc:xacml:3.0:core:schema:wd-17");
    private readonly string _attribute = reader.NameTable.Add("Attribute");
    private readonly string _attributeId = reader.NameTable.Add("AttributeId");
    private readonly string _attributeValue = reader.NameTable.Add("AttributeValue");
    private readonly string _dataType = reader.NameTable.Add("DataType");
    private readonly string _include = reader.NameTable.Add("IncludeInResult");

    public XacmlRequestContext Read()
    {
        reader.MoveToContent();
        if (reader.NodeType != XmlNodeType.Element || reader.LocalName != "Request" || !Is(reader.NamespaceURI, _namespace))
            throw new XacmlSyntaxException($"element '{reader.LocalName}' of '{reader.NamespaceURI}' is not an XACML 3.0 Request");
        bool? policies = null, combined = null;
        while (reader.MoveToNextAttribute())
        {
            if (IsForeign()) continue;
            switch (reader.LocalName)
            {
                case "ReturnPolicyIdList": policies = Flag(); break;
                case "CombinedDecision": combined = Flag(); break;
                default: throw Unknown("Request");
            }
        }

        reader.MoveToElement();
        if (policies is null || combined is null) throw Lacks("Request", policies is null ? "ReturnPolicyIdList" : "CombinedDecision");
        ReadChildren();
        // What stands behind the root must be read too: it may not be well-formed.
        while (reader.Read())
        {
        }

        return assembler.Build(policies.Value, combined.Value);
    }

    private void ReadChildren()
    {
        var (categories, references, defaults) = (0, 0, 0);
        var depth = Enter();
        while (NextElement(depth, "Request"))
        {
            switch (reader.LocalName)
            {
                case "RequestDefaults" when categories == 0 && defaults++ == 0: ReadDefaults(); break;
                case "Attributes" when references == 0: ReadCategory(); categories++; break;
                case "MultiRequests" when references++ == 0: ReadMultiRequests(); break;
                default: throw Misplaced("Request");
            }
        }

        if (categories == 0) throw new XacmlSyntaxException("the request has no Attributes");
    }

    private void ReadDefaults()
    {
        NoAttributes();
        var versions = 0;
        var depth = Enter();
        while (NextElement(depth, "RequestDefaults"))
        {
            if (reader.LocalName != "XPathVersion" || versions++ > 0) throw Misplaced("RequestDefaults");
            NoAttributes();
            var version = ReadText("XPathVersion");
            if (!XPathVersions.IsKnown(version)) throw new XacmlSyntaxException(XPathVersions.Unknown(version));
        }

        if (versions == 0) throw new XacmlSyntaxException("RequestDefaults has no XPathVersion");
    }

    private void ReadCategory()
    {
        string? category = null, id = null;
        while (reader.MoveToNextAttribute())
        {
            if (reader.LocalName == "Category" && reader.NamespaceURI.Length == 0) category = reader.Value;
            else if (reader.LocalName == "id" && reader.Prefix == "xml") id = reader.Value.Trim();
            else if (!IsForeign()) throw Unknown("Attributes");
        }

        reader.MoveToElement();
        if (category is null) throw Lacks("Attributes", "Category");
        if (id is not null && (!XmlReader.IsName(id) || id.Contains(':', StringComparison.Ordinal))) throw new XacmlSyntaxException($"xml:id '{id}' is not a name");
        var isFirst = true;
        var depth = Enter();
        while (NextElement(depth, "Attributes"))
        {
            if (Is(reader.LocalName, _attribute)) ReadAttribute();
            else if (isFirst && reader.LocalName == "Content") ReadCategoryContent();
            else throw Misplaced("Attributes");

            isFirst = false;
        }

        assembler.EndCategory(category, id);
    }

    private void ReadCategoryContent()
    {
        NoAttributes();
        assembler.SetContent(XacmlContent.Read(reader, assembler.Limits.Depth));
    }

    private void ReadAttribute()
    {
        string? attributeId = null, issuer = null;
        bool? include = null;
        while (reader.MoveToNextAttribute())
        {
            if (IsForeign()) continue;
            if (Is(reader.LocalName, _attributeId)) attributeId = reader.Value;
            else if (Is(reader.LocalName, _include)) include = Flag();
            else if (reader.LocalName == "Issuer") issuer = reader.Value;
            else throw Unknown("Attribute");
        }

        reader.MoveToElement();
        if (attributeId is null || include is null) throw Lacks("Attribute", attributeId is null ? "AttributeId" : "IncludeInResult");
        var values = 0;
        // What is to be repeated in the result is kept too.
        var kept = assembler.Vocabulary.Asked(attributeId) ?? (include.Value ? new(attributeId, []) : null);
        var depth = Enter();
        while (NextElement(depth, "Attribute"))
        {
            if (!Is(reader.LocalName, _attributeValue)) throw Misplaced("Attribute");
            ReadValue(attributeId, issuer, include.Value, kept);
            values++;
        }

        if (values == 0) throw new XacmlSyntaxException($"attribute '{attributeId}' has no AttributeValue");
        assembler.EndAttribute();
    }

    private void ReadValue(string attributeId, string? issuer, bool include, AskedAttribute? kept)
    {
        string? dataType = null, xpathCategory = null;
        while (reader.MoveToNextAttribute())
        {
            // The schema lets values carry attributes of any kind.
            if (reader.NamespaceURI.Length > 0) continue;
            if (Is(reader.LocalName, _dataType)) dataType = reader.Value;
            else if (reader.LocalName == "XPathCategory") xpathCategory = reader.Value;
        }

        reader.MoveToElement();
        if (dataType is null) throw Lacks("AttributeValue", "DataType");
        var type = assembler.Type(dataType);
        if (type == DataType.XPathExpression)
        {
            if (xpathCategory is null) throw Lacks("AttributeValue", "XPathCategory");
            var namespaces = Namespaces();
            var expression = ReadText(attributeId);
            assembler.Add(kept ?? new(attributeId, []), issuer, include, type, dataType, expression, new XPathValue(expression, xpathCategory, namespaces));
        }
        else if (kept is not null)
        {
            assembler.Add(kept, issuer, include, type, dataType, ReadText(attributeId));
        }
        else
        {
            // Any text is a string, so that nobody needs to see it.
            var text = ReadText(attributeId, isKept: type != DataType.String);
            assembler.Check(attributeId, type, text);
        }
    }

    private void ReadMultiRequests()
    {
        NoAttributes();
        var depth = Enter();
        while (NextElement(depth, "MultiRequests"))
        {
            if (reader.LocalName != "RequestReference") throw Misplaced("MultiRequests");
            NoAttributes();
            var ids = new List<string>();
            var inner = Enter();
            while (NextElement(inner, "RequestReference"))
            {
                if (reader.LocalName != "AttributesReference") throw Misplaced("RequestReference");
                ids.Add(ReadReference());
                var none = Enter();
                if (NextElement(none, "AttributesReference")) throw Misplaced("AttributesReference");
            }

            if (ids.Count == 0) throw new XacmlSyntaxException("RequestReference has no AttributesReference");
            assembler.AddReference(ids);
        }

        if (!assembler.HasReferences) throw new XacmlSyntaxException("MultiRequests has no RequestReference");
    }

    private string ReadReference()
    {
        string? id = null;
        while (reader.MoveToNextAttribute())
        {
            if (IsForeign()) continue;
            if (reader.LocalName != "ReferenceId") throw Unknown("AttributesReference");
            id = reader.Value.Trim();
        }

        reader.MoveToElement();
        return id ?? throw Lacks("AttributesReference", "ReferenceId");
    }

    private void NoAttributes()
    {
        var element = reader.LocalName;
        while (reader.MoveToNextAttribute())
        {
            if (!IsForeign()) throw Unknown(element);
        }

        reader.MoveToElement();
    }

    private string ReadText(string where, bool isKept = true)
    {
        if (reader.IsEmptyElement) return "";
        string? text = null;
        StringBuilder? longer = null;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.EndElement: return longer?.ToString() ?? text ?? "";
                case XmlNodeType.Element: throw new XacmlSyntaxException($"the value of '{where}' holds the element '{reader.LocalName}'");
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace when isKept:
                    // A comment can cut a text in two.
                    if (text is null) text = reader.Value;
                    else (longer ??= new StringBuilder(text)).Append(reader.Value);
                    break;
                default: break;
            }
        }

        return text ?? "";
    }

    /// <summary>Prepares for the children of an element.</summary>
    private int Enter() => reader.IsEmptyElement ? IsEmpty : reader.Depth;

    /// <summary>Moves to the next child; answers false at the end of the parent.</summary>
    private bool NextElement(int depth, string parent)
    {
        while (depth != IsEmpty && reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when Is(reader.NamespaceURI, _namespace): return true;
                case XmlNodeType.Element: throw Misplaced(parent);
                case XmlNodeType.EndElement when reader.Depth == depth: return false;
                case XmlNodeType.Text or XmlNodeType.CDATA: throw new XacmlSyntaxException($"{parent} holds the text '{reader.Value.Trim()}'");
                default: break;
            }
        }

        return false;
    }

    private Dictionary<string, string> Namespaces() =>
        new(((IXmlNamespaceResolver)reader).GetNamespacesInScope(XmlNamespaceScope.ExcludeXml), StringComparer.Ordinal);

    private bool Flag()
    {
        if (XmlLexical.TryBoolean(reader.Value.AsSpan().Trim(XmlLexical.Space), out var flag)) return flag;
        throw new XacmlSyntaxException($"{reader.LocalName} '{reader.Value}' is neither true nor false");
    }

    // Declarations of namespaces, and what instances say about their schema, mean nothing here. Attributes of any other namespace are not in the schema.
    private bool IsForeign()
    {
        if (reader.NamespaceURI.Length == 0) return false;
        return reader.NamespaceURI is "http://www.w3.org/2000/xmlns/" or "http://www.w3.org/2001/XMLSchema-instance" ? true : throw Unknown("the element");
    }

    private static bool Is(string name, string known) => ReferenceEquals(name, known);

    private XacmlSyntaxException Unknown(string element) => new($"{element} has no attribute '{reader.Name}'");

    private XacmlSyntaxException Misplaced(string parent) => new($"element '{reader.Name}' does not belong into {parent}, or not there");

    private static XacmlSyntaxException Lacks(string element, string attribute) => new($"{element} lacks {attribute}");
}
