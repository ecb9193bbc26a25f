using System.Xml.Linq;
using static Provisioning.Connectors.Spml.SpmlNames;

namespace Provisioning.Connectors.Spml;

/// <summary>Reads the attributes that a target's DSML profile schema declares for an object class.</summary>
internal static class DsmlSchemas
{
    public static IEnumerable<SchemaAttribute> Read(XElement schema, string objectClass)
    {
        var definitions = schema.Descendants(DsmlSchema + "attributeDefinition")
            .ToLookup(definition => (string?)definition.Attribute("name"), StringComparer.OrdinalIgnoreCase);
        return from declared in schema.Descendants(DsmlSchema + "objectClassDefinition")
               where objectClass.Equals((string?)declared.Attribute("name"), StringComparison.OrdinalIgnoreCase)
               from member in declared.Descendants(DsmlSchema + "attributeDefinitionReference")
               let name = (string?)member.Attribute("name")
               where name is not null
               select Attribute(name, member, definitions[name].FirstOrDefault());
    }

    private static SchemaAttribute Attribute(string name, XElement member, XElement? definition) =>
        new(name, Type((string?)definition?.Attribute("type")))
        {
            Required = Flag(member, "required"),
            MultiValued = Flag(definition, "multivalued"),
            Description = (string?)definition?.Attribute("description"),
        };

    private static bool Flag(XElement? element, string name) => (string?)element?.Attribute(name) is "true" or "1";

    private static SchemaType Type(string? name) => name?.Split(':')[^1] switch
    {
        "boolean" => SchemaType.Boolean,
        "date" or "dateTime" => SchemaType.DateTime,
        "base64Binary" or "hexBinary" => SchemaType.Binary,
        "decimal" or "double" or "float" or "int" or "integer" or "long" => SchemaType.Number,
        _ => SchemaType.Text,
    };
}
