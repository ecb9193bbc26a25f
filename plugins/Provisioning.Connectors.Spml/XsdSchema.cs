using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;

namespace Provisioning.Connectors.Spml;

/// <summary>Reads the elements that a target's XML schema declares for a kind of object.</summary>
internal static class XsdSchema
{
    public static IEnumerable<SchemaAttribute> Read(XElement schema, XNamespace space, string element)
    {
        var set = new XmlSchemaSet { XmlResolver = null };
        try
        {
            foreach (var part in schema.Elements(XName.Get("schema", XmlSchema.Namespace)))
                set.Add(null, part.CreateReader());
            set.Compile();
        }
        catch (XmlSchemaException failure)
        {
            throw new ConnectorException(FailureKind.Rejected, $"the schema that the target announces cannot be read: {failure.Message}", failure);
        }

        return set.GlobalElements[new XmlQualifiedName(element, space.NamespaceName)] is XmlSchemaElement { ElementSchemaType: XmlSchemaComplexType type }
            ? Elements(type.ContentTypeParticle, optional: false)
            : [];
    }

    private static IEnumerable<SchemaAttribute> Elements(XmlSchemaParticle particle, bool optional) => particle switch
    {
        XmlSchemaElement child => [Attribute(child, optional)],
        XmlSchemaGroupBase group => group.Items.OfType<XmlSchemaParticle>()
            .SelectMany(item => Elements(item, optional || group.MinOccurs == 0 || group is XmlSchemaChoice)),
        _ => [],
    };

    private static SchemaAttribute Attribute(XmlSchemaElement element, bool optional) =>
        new(element.QualifiedName.Name, element.ElementSchemaType is XmlSchemaComplexType ? SchemaType.Complex : Simple(element.ElementSchemaType))
        {
            Required = !optional && element.MinOccurs > 0,
            MultiValued = element.MaxOccurs > 1,
        };

    private static SchemaType Simple(XmlSchemaType? type) => type?.TypeCode switch
    {
        XmlTypeCode.Boolean => SchemaType.Boolean,
        XmlTypeCode.Date or XmlTypeCode.DateTime => SchemaType.DateTime,
        XmlTypeCode.Base64Binary or XmlTypeCode.HexBinary => SchemaType.Binary,
        XmlTypeCode.Decimal or XmlTypeCode.Double or XmlTypeCode.Float or XmlTypeCode.Integer or XmlTypeCode.Int or XmlTypeCode.Long => SchemaType.Number,
        _ => SchemaType.Text,
    };
}
