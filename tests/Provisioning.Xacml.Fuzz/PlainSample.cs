using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace Provisioning.Xacml.Fuzz;

/// <summary>Writes requests as programs do, so that those who read them take the short way.</summary>
internal static class PlainSample
{
    private static readonly XNamespace Ns = "urn:oasis:names:tc:xacml:3.0:core:schema:wd-17";

    /// <summary>A sample with a plain request; null if the request says what a plain one cannot.</summary>
    public static Sample? Of(Sample sample)
    {
        try
        {
            var request = XElement.Load(new MemoryStream(sample.Xml));
            var known = request.DescendantsAndSelf().All(element => element.Name.Namespace == Ns
                && element.Name.LocalName is "Request" or "Attributes" or "Attribute" or "AttributeValue");
            return known ? sample with { Name = sample.Name + " (plain)", Xml = Encoding.UTF8.GetBytes(Xml(request).ToString(SaveOptions.DisableFormatting)), Json = Json(request) } : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static XElement Xml(XElement request) => new(
        Ns + "Request",
        new XAttribute("xmlns", Ns.NamespaceName),
        new XAttribute("ReturnPolicyIdList", (string?)request.Attribute("ReturnPolicyIdList") ?? "false"),
        new XAttribute("CombinedDecision", "false"),
        request.Elements().Select(category => new XElement(
            Ns + "Attributes",
            category.Attribute("Category"),
            category.Elements().Select(attribute => new XElement(
                Ns + "Attribute",
                attribute.Attribute("AttributeId"),
                new XAttribute("IncludeInResult", "false"),
                attribute.Elements().Select(value => new XElement(Ns + "AttributeValue", value.Attribute("DataType"), value.Value)))))));

    private static byte[] Json(XElement request) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        Request = new
        {
            Category = request.Elements().Select(category => new
            {
                CategoryId = (string?)category.Attribute("Category"),
                Attribute = category.Elements().Select(attribute => new
                {
                    AttributeId = (string?)attribute.Attribute("AttributeId"),
                    DataType = (string?)attribute.Elements().FirstOrDefault()?.Attribute("DataType"),
                    Value = attribute.Elements().Select(value => value.Value),
                }),
            }),
        },
    });
}
