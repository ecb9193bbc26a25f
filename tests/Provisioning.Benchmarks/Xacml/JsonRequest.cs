using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace Provisioning.Benchmarks.Xacml;

/// <summary>A request in the JSON profile.</summary>
/// <param name="Text">The JSON text.</param>
/// <param name="Utf8">The same as bytes.</param>
internal sealed record JsonRequest(string Text, byte[] Utf8)
{
    private static readonly XNamespace Ns = "urn:oasis:names:tc:xacml:3.0:core:schema:wd-17";

    /// <summary>Says in JSON what a request says in XML.</summary>
    public static JsonRequest Of(string xml)
    {
        var categories = XElement.Parse(xml).Elements(Ns + "Attributes").Select(category => new
        {
            CategoryId = (string)category.Attribute("Category")!,
            Attribute = category.Elements(Ns + "Attribute").Select(Attribute).ToList(),
        });
        var text = JsonSerializer.Serialize(new { Request = new { Category = categories } });
        return new(text, Encoding.UTF8.GetBytes(text));
    }

    private static object Attribute(XElement attribute) => new
    {
        AttributeId = (string)attribute.Attribute("AttributeId")!,
        DataType = (string)attribute.Element(Ns + "AttributeValue")!.Attribute("DataType")!,
        Value = attribute.Elements(Ns + "AttributeValue").Select(value => value.Value).ToList(),
    };
}
