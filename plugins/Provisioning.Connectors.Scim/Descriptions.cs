using System.Text.Json.Nodes;
using Provisioning.Scim;

namespace Provisioning.Connectors.Scim;

/// <summary>Reads what a target says about the attributes of its resources (RFC 7643, sections 6 and 7).</summary>
internal static class Descriptions
{
    public static IEnumerable<SchemaAttribute> Read(ResourceType type, IReadOnlyList<JsonObject> types, IReadOnlyList<JsonObject> schemas)
    {
        var core = type == ResourceType.User ? ScimSchemas.User : ScimSchemas.Group;
        var described = types.FirstOrDefault(candidate => Is(candidate, "schema", core));
        var extensions = described is null ? [] : Objects(described, "schemaExtensions")
            .Select(extension => ScimResource.Text(extension, "schema")).OfType<string>();
        return Attributes(schemas, core).SelectMany(Own)
            .Concat(extensions.SelectMany(urn => Extension(schemas, urn)))
            .DistinctBy(attribute => attribute.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>An attribute, and the parts of a complex one that has one value: a mapping can write either.</summary>
    private static IEnumerable<SchemaAttribute> Own(JsonObject attribute)
    {
        if (ScimResource.Text(attribute, "name") is not { Length: > 0 } name)
            yield break;
        var described = Describe(attribute, name);
        yield return described;
        if (described is not { Type: SchemaType.Complex, MultiValued: false })
            yield break;
        foreach (var part in Objects(attribute, "subAttributes"))
        {
            if (ScimResource.Text(part, "name") is { Length: > 0 } inner)
                yield return Describe(part, $"{name}.{inner}") with { ReadOnly = described.ReadOnly || IsReadOnly(part) };
        }
    }

    // Only whole attributes of an extension can be addressed; it itself is an object with all of them.
    private static IEnumerable<SchemaAttribute> Extension(IReadOnlyList<JsonObject> schemas, string urn)
    {
        yield return new SchemaAttribute(urn, SchemaType.Complex);
        foreach (var attribute in Attributes(schemas, urn))
        {
            if (ScimResource.Text(attribute, "name") is { Length: > 0 } name)
                yield return Describe(attribute, $"{urn}:{name}");
        }
    }

    private static SchemaAttribute Describe(JsonObject attribute, string name) => new(name, Type(ScimResource.Text(attribute, "type")))
    {
        Required = Is(attribute, "required", "true"),
        MultiValued = Is(attribute, "multiValued", "true"),
        ReadOnly = IsReadOnly(attribute),
        Description = ScimResource.Text(attribute, "description"),
    };

    private static bool IsReadOnly(JsonObject attribute) => Is(attribute, "mutability", "readOnly");

    private static bool Is(JsonObject item, string name, string value) =>
        value.Equals(ScimResource.Text(item, name), StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<JsonObject> Attributes(IReadOnlyList<JsonObject> schemas, string urn) =>
        schemas.FirstOrDefault(schema => Is(schema, "id", urn)) is { } schema ? Objects(schema, "attributes") : [];

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
