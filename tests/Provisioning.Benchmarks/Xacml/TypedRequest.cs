using System.Xml.Linq;
using Provisioning.Xacml;

namespace Provisioning.Benchmarks.Xacml;

/// <summary>A request as a caller in the same process makes it.</summary>
internal static class TypedRequest
{
    private static readonly XNamespace Ns = "urn:oasis:names:tc:xacml:3.0:core:schema:wd-17";

    /// <summary>Adds what the XML of a request says to a builder.</summary>
    /// <param name="xml">The request.</param>
    /// <param name="pdp">For whom it is made; null for any.</param>
    public static XacmlRequest Of(string xml, PolicyDecisionPoint? pdp = null)
    {
        var builder = new XacmlRequestBuilder();
        foreach (var category in XElement.Parse(xml).Elements(Ns + "Attributes"))
        {
            foreach (var attribute in category.Elements(Ns + "Attribute"))
            {
                foreach (var value in attribute.Elements(Ns + "AttributeValue"))
                {
                    builder.Add(
                        string.Intern((string)category.Attribute("Category")!), string.Intern((string)attribute.Attribute("AttributeId")!), (string)value.Attribute("DataType")!, value.Value);
                }
            }
        }

        return pdp is null ? builder.Build() : builder.Build(pdp);
    }
}
