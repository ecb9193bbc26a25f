using System.Text.Json;
using System.Text.Json.Nodes;
using Provisioning.Scim;

namespace Provisioning.Connectors.Scim;

/// <summary>Builds and reads whole resources.</summary>
internal static class ResourceBody
{
    public static JsonObject Create(ResourceType type, NewAccount account)
    {
        var body = new JsonObject { ["schemas"] = new JsonArray(type == ResourceType.User ? ScimSchemas.User : ScimSchemas.Group) };
        foreach (var (name, value) in account.Attributes)
        {
            if (value is not null && !IsServerOwned(name))
                body[name] = value.DeepClone();
        }

        if (ScimAttributes.Find(body, "externalId") is null)
            body["externalId"] = account.OwnershipMarker;
        if (type == ResourceType.User)
        {
            body.Remove(ScimAttributes.ActualName(body, "active") ?? "active");
            body["active"] = account.Enabled;
        }

        Announce(body);
        return body;
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

    /// <summary>The account in a resource, or null when it has no id. Some servers have numbers for ids.</summary>
    public static Account? Read(JsonObject? resource)
    {
        if (resource is null || ScimAttributes.Find(resource, "id") is not JsonValue id
            || id.GetValueKind() is not (JsonValueKind.String or JsonValueKind.Number) || id.ToString() is not { Length: > 0 } text)
            return null;
        bool? enabled = ScimAttributes.Find(resource, "active") is { } active && bool.TryParse(active.ToString(), out var flag) ? flag : null;
        return new Account(text, resource, enabled);
    }

    public static string? Text(JsonObject resource, string name) =>
        ScimAttributes.Find(resource, name) is JsonValue value ? value.ToString() : null;

    private static bool IsServerOwned(string name) =>
        name.Equals("schemas", StringComparison.OrdinalIgnoreCase)
        || name.Equals("id", StringComparison.OrdinalIgnoreCase)
        || name.Equals("meta", StringComparison.OrdinalIgnoreCase);

    private static bool Same(JsonNode? schema, string name) => name.Equals(schema?.ToString(), StringComparison.OrdinalIgnoreCase);
}
