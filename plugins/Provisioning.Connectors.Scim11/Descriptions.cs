using System.Text.Json.Nodes;
using Provisioning.Scim;

namespace Provisioning.Connectors.Scim11;

/// <summary>Reads a schema of SCIM 1.1 (core schema, section 10): one list for all, each attribute with the URN of its schema.</summary>
internal static class Descriptions
{
    public static IEnumerable<SchemaAttribute> Read(JsonObject schema) => Objects(schema, "attributes").SelectMany(Attribute);

    private static IEnumerable<SchemaAttribute> Attribute(JsonObject attribute)
    {
        if (ScimResource.Text(attribute, "name") is not { Length: > 0 } name)
            yield break;
        var urn = ScimResource.Text(attribute, "schema");
        if (urn is not null && !urn.StartsWith(Vocabulary.Core, StringComparison.OrdinalIgnoreCase))
        {
            var known = urn.Equals(Vocabulary.Enterprise, StringComparison.OrdinalIgnoreCase) ? ScimSchemas.EnterpriseUser : urn;
            yield return Describe(attribute, $"{known}:{name}");
            yield break;
        }

        var described = Describe(attribute, name);
        yield return described;
        if (described is not { Type: SchemaType.Complex, MultiValued: false })
            yield break;
        foreach (var part in Objects(attribute, "subAttributes"))
        {
            if (ScimResource.Text(part, "name") is { Length: > 0 } inner)
                yield return Describe(part, $"{name}.{inner}");
        }
    }

    private static SchemaAttribute Describe(JsonObject attribute, string name) => new(name, Type(ScimResource.Text(attribute, "type")))
    {
        Required = Is(attribute, "required"),
        MultiValued = Is(attribute, "multiValued"),
        ReadOnly = Is(attribute, "readOnly"),
        Description = ScimResource.Text(attribute, "description"),
    };

    private static bool Is(JsonObject attribute, string name) => ScimResource.Text(attribute, name) is "true" or "True";

    private static IEnumerable<JsonObject> Objects(JsonObject item, string name) =>
        ScimAttributes.Find(item, name) is JsonArray array ? array.OfType<JsonObject>() : [];

    private static SchemaType Type(string? name) => name?.ToLowerInvariant() switch
    {
        "boolean" => SchemaType.Boolean,
        "decimal" or "integer" => SchemaType.Number,
        "datetime" => SchemaType.DateTime,
        "binary" => SchemaType.Binary,
        "complex" => SchemaType.Complex,
        _ => SchemaType.Text,
    };
}
