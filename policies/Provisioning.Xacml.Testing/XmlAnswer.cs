using System.Xml;
using System.Xml.Linq;

namespace Provisioning.Xacml.Testing;

/// <summary>Reads a response written in XML.</summary>
internal static class XmlAnswer
{
    private const string XPathExpression = "urn:oasis:names:tc:xacml:3.0:data-type:xpathExpression";

    public static Answer Read(byte[] xml)
    {
        using var reader = XmlReader.Create(new MemoryStream(xml), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        var root = XDocument.Load(reader, LoadOptions.PreserveWhitespace).Root!;
        return new([.. All(root, "Result").Select(Result)]);
    }

    private static AnsweredResult Result(XElement result) => AnsweredResult.Of(
        All(result, "Decision").First().Value,
        (string?)All(result, "Status").Elements().FirstOrDefault(child => child.Name.LocalName == "StatusCode")?.Attribute("Value"),
        [.. Duties(result, "Obligations", "Obligation"), .. Duties(result, "AssociatedAdvice", "Advice"), .. Attributes(result), .. Policies(result)]);

    private static IEnumerable<string> Duties(XElement result, string list, string kind) =>
        from duty in All(result, list).Elements()
        where duty.Name.LocalName == kind
        select AnsweredResult.Duty(
            kind,
            (string?)duty.Attribute(kind + "Id"),
            All(duty, "AttributeAssignment").Select(one => AnsweredResult.Assignment(
                (string?)one.Attribute("AttributeId"), (string?)one.Attribute("Category"), (string?)one.Attribute("Issuer"), Value(one))));

    private static IEnumerable<string> Attributes(XElement result) =>
        from category in All(result, "Attributes")
        from attribute in All(category, "Attribute")
        from value in All(attribute, "AttributeValue")
        select "attribute " + AnsweredResult.Assignment(
            (string?)attribute.Attribute("AttributeId"), (string?)category.Attribute("Category"), (string?)attribute.Attribute("Issuer"), Value(value));

    private static IEnumerable<string> Policies(XElement result) => All(result, "PolicyIdentifierList").Elements()
        .Select(policy => $"{policy.Name.LocalName} {policy.Value.Trim()} version {(string?)policy.Attribute("Version")}");

    private static string Value(XElement value) => (string?)value.Attribute("DataType") is XPathExpression
        ? CanonicalValue.OfXPath(value.Value, (string?)value.Attribute("XPathCategory"))
        : CanonicalValue.Of((string?)value.Attribute("DataType"), value.Value);

    private static IEnumerable<XElement> All(XElement element, string name) => element.Elements(element.Name.Namespace + name);
}
