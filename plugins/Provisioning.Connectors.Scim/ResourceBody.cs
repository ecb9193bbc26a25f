using System.Text.Json;
using System.Text.Json.Nodes;
using Provisioning.Scim;

namespace Provisioning.Connectors.Scim;

/// <summary>Builds and reads whole resources.</summary>
internal static class ResourceBody
{
    private static readonly string[] s_serverOwned = ["schemas", "id", "meta"];

    /// <summary>A new resource with our marker.</summary>
    public static JsonObject Create(ResourceType type, JsonObject attributes, string marker, IEnumerable<AttributeChange> more)
    {
        var body = new JsonObject { ["schemas"] = new JsonArray(type == ResourceType.User ? ScimSchemas.User : ScimSchemas.Group) };
        foreach (var (name, value) in attributes)
        {
            if (value is not null && !s_serverOwned.Contains(name, StringComparer.OrdinalIgnoreCase))
                body[name] = value.DeepClone();
        }

        if (ScimAttributes.Find(body, "externalId") is null)
            body["externalId"] = marker;
        Merge(body, more);
        Announce(body);
        return body;
    }

    /// <summary>Carries out changes on a resource.</summary>
    public static void Merge(JsonObject resource, IEnumerable<AttributeChange> changes)
    {
        foreach (var change in changes)
        {
            var owner = resource;
            var name = change.Attribute;
            if (change.SubAttribute is { } sub)
            {
                owner = ScimAttributes.Find(resource, name) as JsonObject;
                if (owner is null)
                {
                    if (change.Value is null)
                        continue;
                    resource[ScimAttributes.ActualName(resource, name) ?? name] = owner = [];
                }

                name = sub;
            }

            var actual = ScimAttributes.ActualName(owner, name) ?? name;
            if (change.Value is null)
                owner.Remove(actual);
            else
                owner[actual] = change.Value.DeepClone();
        }
    }

    /// <summary>Names every extension of the body in its schemas.</summary>
    public static void Announce(JsonObject body)
    {
        if (ScimAttributes.Find(body, "schemas") is not JsonArray schemas)
            body["schemas"] = schemas = [];
        foreach (var (name, _) in body)
        {
            if (name.StartsWith("urn:", StringComparison.OrdinalIgnoreCase) && !schemas.Any(schema => Same(schema, name)))
                schemas.Add(name);
        }
    }

    /// <summary>The id of a resource, or null when it has none. Some servers have numbers for ids.</summary>
    public static string? Id(JsonObject resource) =>
        ScimAttributes.Find(resource, "id") is JsonValue id && id.GetValueKind() is JsonValueKind.String or JsonValueKind.Number
        && id.ToString() is { Length: > 0 } text ? text : null;

    public static string? Text(JsonObject resource, string name) =>
        ScimAttributes.Find(resource, name) is JsonValue value ? value.ToString() : null;

    private static bool Same(JsonNode? schema, string name) => name.Equals(schema?.ToString(), StringComparison.OrdinalIgnoreCase);
}
