using System.Text;
using System.Xml;

namespace Provisioning.Xacml;

/// <summary>Reads a Request element as its schema says, in one go and without a document tree.</summary>
internal sealed class XmlRequestReader(XmlReader reader, RequestAssembler assembler)
{
    private const string Namespace = "urn:oasis:names:tc:xacml:3.0:core:schema:wd-17";
    private const int IsEmpty = -1;

    public XacmlRequestContext Read()
    {
        reader.MoveToContent();
        if (reader.NodeType != XmlNodeType.Element || reader.LocalName != "Request" || reader.NamespaceURI != Namespace)
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
        var (categories, references) = (0, 0);
        var depth = Enter();
        while (NextElement(depth, "Request"))
        {
            switch (reader.LocalName)
            {
                case "RequestDefaults" when categories == 0: ReadDefaults(); break;
                case "Attributes" when references == 0: ReadCategory(); categories++; break;
                case "MultiRequests" when references++ == 0: ReadMultiRequests(); break;
                default: throw Misplaced("Request");
            }
        }

        if (categories == 0) throw new XacmlSyntaxException("the request has no Attributes");
    }

    private void ReadDefaults()
    {
        var depth = Enter();
        while (NextElement(depth, "RequestDefaults"))
        {
            if (reader.LocalName != "XPathVersion") throw Misplaced("RequestDefaults");
            var version = ReadText("XPathVersion");
            if (!XPathVersions.IsKnown(version)) throw new XacmlSyntaxException(XPathVersions.Unknown(version));
        }
    }

    private void ReadCategory()
    {
        string? category = null, id = null;
        while (reader.MoveToNextAttribute())
        {
            if (reader.LocalName == "Category" && reader.NamespaceURI.Length == 0) category = reader.Value;
            else if (reader.LocalName == "id" && reader.Prefix == "xml") id = reader.Value;
            else if (!IsForeign()) throw Unknown("Attributes");
        }

        reader.MoveToElement();
        if (category is null) throw Lacks("Attributes", "Category");
        var isFirst = true;
        var depth = Enter();
        while (NextElement(depth, "Attributes"))
        {
            switch (reader.LocalName)
            {
                case "Attribute": ReadAttribute(); break;
                case "Content" when isFirst: assembler.SetContent(XacmlContent.Read(reader, assembler.Limits.Depth)); break;
                default: throw Misplaced("Attributes");
            }

            isFirst = false;
        }

        assembler.EndCategory(category, id);
    }

    private void ReadAttribute()
    {
        string? attributeId = null, issuer = null;
        bool? include = null;
        while (reader.MoveToNextAttribute())
        {
            if (IsForeign()) continue;
            switch (reader.LocalName)
            {
                case "AttributeId": attributeId = reader.Value; break;
                case "Issuer": issuer = reader.Value; break;
                case "IncludeInResult": include = Flag(); break;
                default: throw Unknown("Attribute");
            }
        }

        reader.MoveToElement();
        if (attributeId is null || include is null) throw Lacks("Attribute", attributeId is null ? "AttributeId" : "IncludeInResult");
        var values = 0;
        var depth = Enter();
        while (NextElement(depth, "Attribute"))
        {
            if (reader.LocalName != "AttributeValue") throw Misplaced("Attribute");
            ReadValue(attributeId, issuer, include.Value);
            values++;
        }

        if (values == 0) throw new XacmlSyntaxException($"attribute '{attributeId}' has no AttributeValue");
        assembler.EndAttribute();
    }

    private void ReadValue(string attributeId, string? issuer, bool include)
    {
        string? dataType = null, xpathCategory = null;
        while (reader.MoveToNextAttribute())
        {
            // The schema lets values carry attributes of any kind.
            if (reader.NamespaceURI.Length > 0) continue;
            if (reader.LocalName == "DataType") dataType = reader.Value;
            else if (reader.LocalName == "XPathCategory") xpathCategory = reader.Value;
        }

        reader.MoveToElement();
        if (dataType is null) throw Lacks("AttributeValue", "DataType");
        var type = assembler.Vocabulary.Type(dataType);
        if (type == DataType.XPathExpression)
        {
            if (xpathCategory is null) throw Lacks("AttributeValue", "XPathCategory");
            var namespaces = Namespaces();
            var expression = ReadText(attributeId);
            assembler.Add(attributeId, issuer, include, type, dataType, expression, new XPathValue(expression, xpathCategory, namespaces));
        }
        else if (assembler.Keeps(attributeId, include))
        {
            assembler.Add(attributeId, issuer, include, type, dataType, ReadText(attributeId));
        }
        else
        {
            assembler.Check(attributeId, type, ReadText(attributeId));
        }
    }

    private void ReadMultiRequests()
    {
        var depth = Enter();
        while (NextElement(depth, "MultiRequests"))
        {
            if (reader.LocalName != "RequestReference") throw Misplaced("MultiRequests");
            var ids = new List<string>();
            var inner = Enter();
            while (NextElement(inner, "RequestReference"))
            {
                if (reader.LocalName != "AttributesReference") throw Misplaced("RequestReference");
                ids.Add(reader.GetAttribute("ReferenceId") ?? throw Lacks("AttributesReference", "ReferenceId"));
                var none = Enter();
                if (NextElement(none, "AttributesReference")) throw Misplaced("AttributesReference");
            }

            assembler.AddReference(ids);
        }
    }

    private string ReadText(string where)
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
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
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
                case XmlNodeType.Element when reader.NamespaceURI == Namespace: return true;
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

    // Attributes of other namespaces, and the declarations of namespaces, mean nothing here.
    private bool IsForeign() => reader.NamespaceURI.Length > 0;

    private XacmlSyntaxException Unknown(string element) => new($"{element} has no attribute '{reader.LocalName}'");

    private XacmlSyntaxException Misplaced(string parent) => new($"element '{reader.Name}' does not belong into {parent}, or not there");

    private static XacmlSyntaxException Lacks(string element, string attribute) => new($"{element} lacks {attribute}");
}
