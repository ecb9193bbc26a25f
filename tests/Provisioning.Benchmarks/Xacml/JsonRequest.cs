using System.Text.Json;
using System.Xml.Linq;

namespace Provisioning.Benchmarks.Xacml;

/// <summary>A request in the JSON profile.</summary>
internal static class JsonRequest
{
    private static readonly XNamespace Ns = "urn:oasis:names:tc:xacml:3.0:core:schema:wd-17";

    /// <summary>Says in JSON what a request says in XML.</summary>
    public static byte[] Of(string xml)
    {
        var categories = XElement.Parse(xml).Elements(Ns + "Attributes").Select(category => new
        {
            CategoryId = (string)category.Attribute("Category")!,
            Attribute = category.Elements(Ns + "Attribute").Select(Attribute).ToList(),
        });
        return JsonSerializer.SerializeToUtf8Bytes(new { Request = new { Category = categories } });
    }

    private static object Attribute(XElement attribute) => new
    {
        AttributeId = (string)attribute.Attribute("AttributeId")!,
        DataType = (string)attribute.Element(Ns + "AttributeValue")!.Attribute("DataType")!,
        Value = attribute.Elements(Ns + "AttributeValue").Select(value => value.Value).ToList(),
    };
}
