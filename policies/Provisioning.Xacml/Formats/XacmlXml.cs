using System.Xml;
using System.Xml.Linq;

namespace Provisioning.Xacml;

/// <summary>Requests and responses as XML.</summary>
public static class XacmlXml
{
    private static readonly XNamespace Ns = ElementReader.XacmlNamespace;

    /// <summary>Reads a request.</summary>
    /// <param name="xml">The XML text.</param>
    /// <returns>The request.</returns>
    /// <exception cref="XacmlSyntaxException">The text is no request that can be evaluated.</exception>
    public static XacmlRequest ReadRequest(string xml)
    {
        XElement root;
        try
        {
            root = SafeXml.Read(xml).Root!;
        }
        catch (XmlException error)
        {
            throw new XacmlSyntaxException(error.Message, error);
        }

        if (root.Name != Ns + "Request") throw new XacmlSyntaxException($"element '{root.Name}' is not an XACML 3.0 Request");
        if (root.Element(Ns + "MultiRequests") is not null) throw new XacmlSyntaxException("MultiRequests is not supported");
        var builder = new XacmlRequestBuilder { ReturnPolicyIdList = (string?)root.Attribute("ReturnPolicyIdList") is "true" or "1" };
        var categories = new HashSet<string>();
        foreach (var attributes in root.Elements(Ns + "Attributes"))
        {
            var category = Required(attributes, "Category");
            if (!categories.Add(category)) throw new XacmlSyntaxException($"category '{category}' occurs twice; multiple decisions are not supported");
            foreach (var attribute in attributes.Elements(Ns + "Attribute")) Read(builder, category, attribute);
        }

        return builder.Build();
    }

    /// <summary>Reads a request.</summary>
    /// <param name="utf8">The XML text; left open.</param>
    /// <returns>The request.</returns>
    /// <exception cref="XacmlSyntaxException">The text is no request that can be evaluated.</exception>
    public static XacmlRequest ReadRequest(Stream utf8) => ReadRequest(BoundedText.Read(utf8));

    /// <summary>Writes a response.</summary>
    /// <param name="result">The result.</param>
    /// <param name="utf8">Where to; left open.</param>
    public static void WriteResponse(XacmlResult result, Stream utf8)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        utf8.Write(System.Text.Encoding.UTF8.GetBytes(WriteResponse(result)));
    }

    /// <summary>Writes a response.</summary>
    /// <param name="result">The result.</param>
    /// <returns>The XML text.</returns>
    public static string WriteResponse(XacmlResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var element = new XElement(
            Ns + "Result",
            new XElement(Ns + "Decision", result.Decision),
            new XElement(
                Ns + "Status",
                new XElement(Ns + "StatusCode", new XAttribute("Value", result.StatusCode)),
                result.StatusMessage is null ? null : new XElement(Ns + "StatusMessage", result.StatusMessage)));
        if (result.Obligations.Count > 0)
            element.Add(new XElement(Ns + "Obligations", result.Obligations.Select(one => Duty("Obligation", one.Id, one.Assignments))));
        if (result.Advice.Count > 0)
            element.Add(new XElement(Ns + "AssociatedAdvice", result.Advice.Select(one => Duty("Advice", one.Id, one.Assignments))));
        element.Add(result.Included.GroupBy(one => one.Category).Select(Attributes));
        if (result is { ReturnPolicyIdList: true, ApplicablePolicies.Count: > 0 })
        {
            element.Add(new XElement(Ns + "PolicyIdentifierList", result.ApplicablePolicies.Select(policy => new XElement(
                Ns + (policy.IsSet ? "PolicySetIdReference" : "PolicyIdReference"), new XAttribute("Version", policy.Version), policy.Id))));
        }

        return new XElement(Ns + "Response", element).ToString();
    }

    private static void Read(XacmlRequestBuilder builder, string category, XElement attribute)
    {
        var id = Required(attribute, "AttributeId");
        var issuer = (string?)attribute.Attribute("Issuer");
        var include = (string?)attribute.Attribute("IncludeInResult") is "true" or "1";
        foreach (var value in attribute.Elements(Ns + "AttributeValue"))
        {
            // No policy can ask for a type that is not supported, so that such a value cannot matter.
            var dataType = Required(value, "DataType");
            if (DataType.Find(dataType) is { } type) builder.AddText(category, id, type, value.Value, issuer);
            if (include) builder.Included.Add(new(category, id, issuer, dataType, value.Value));
        }
    }

    private static XElement Attributes(IGrouping<string, IncludedAttribute> category) => new(
        Ns + "Attributes",
        new XAttribute("Category", category.Key),
        category.GroupBy(one => (one.AttributeId, one.Issuer)).Select(attribute => new XElement(
            Ns + "Attribute",
            new XAttribute("AttributeId", attribute.Key.AttributeId),
            attribute.Key.Issuer is null ? null : new XAttribute("Issuer", attribute.Key.Issuer),
            new XAttribute("IncludeInResult", true),
            attribute.Select(one => new XElement(Ns + "AttributeValue", new XAttribute("DataType", one.DataType), one.Value)))));

    private static XElement Duty(string kind, string id, IReadOnlyList<AttributeAssignment> assignments) => new(
        Ns + kind,
        new XAttribute(kind + "Id", id),
        assignments.Select(one => new XElement(
            Ns + "AttributeAssignment",
            new XAttribute("AttributeId", one.AttributeId),
            one.Category is null ? null : new XAttribute("Category", one.Category),
            one.Issuer is null ? null : new XAttribute("Issuer", one.Issuer),
            new XAttribute("DataType", one.DataType),
            one.Value)));

    private static string Required(XElement element, string name) =>
        (string?)element.Attribute(name) ?? throw new XacmlSyntaxException($"{element.Name.LocalName} lacks {name}");
}
