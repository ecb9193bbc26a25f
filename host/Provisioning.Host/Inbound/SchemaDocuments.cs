using System.Text.Json.Nodes;
using Provisioning.Scim;

namespace Provisioning.Host.Inbound;

/// <summary>The schemas as they are served (RFC 7643, section 7).</summary>
internal static class SchemaDocuments
{
    public static IReadOnlyList<JsonObject> All(IEnumerable<ResourceSchema> extensions, string baseUrl) =>
        [Of(StandardSchemas.User, baseUrl), .. extensions.Select(x => Of(x, baseUrl)), Of(StandardSchemas.Group, baseUrl)];

    private static JsonObject Of(ResourceSchema schema, string baseUrl) => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:Schema"),
        ["id"] = schema.Id,
        ["name"] = schema.Name,
        ["description"] = schema.Description,
        ["attributes"] = new JsonArray([.. schema.Attributes.Select(x => Of(x, x.IsReadOnly))]),
        ["meta"] = new JsonObject { ["resourceType"] = "Schema", ["location"] = $"{baseUrl}/scim/v2/Schemas/{schema.Id}" },
    };

    private static JsonObject Of(SchemaAttribute attribute, bool isReadOnly)
    {
        var document = new JsonObject
        {
            ["name"] = attribute.Name,
            ["type"] = NameOf(attribute.Type),
            ["multiValued"] = attribute.IsList,
            ["description"] = attribute.Description,
            ["required"] = attribute.IsRequired,
            ["caseExact"] = attribute.IsCaseExact,
            ["mutability"] = isReadOnly ? "readOnly" : "readWrite",
            ["returned"] = "default",
            ["uniqueness"] = attribute.IsUnique ? "server" : "none",
        };
        if (attribute.ReferenceTypes.Count > 0)
            document["referenceTypes"] = new JsonArray([.. attribute.ReferenceTypes.Select(x => JsonValue.Create(x))]);
        if (attribute.Parts.Count > 0)
            document["subAttributes"] = new JsonArray([.. attribute.Parts.Select(x => Of(x, isReadOnly))]);
        return document;
    }

    private static string NameOf(ScimType type) => type switch
    {
        ScimType.Flag => "boolean",
        ScimType.WholeNumber => "integer",
        ScimType.Number => "decimal",
        ScimType.Moment => "dateTime",
        ScimType.Reference => "reference",
        ScimType.Binary => "binary",
        ScimType.Complex => "complex",
        _ => "string",
    };
}
