using System.Text.Json;
using System.Text.Json.Nodes;

namespace Provisioning.Scim;

/// <summary>Reads resources and lists of them as clients meet them, the habits of servers included.</summary>
public static class ScimResource
{
    /// <summary>The id of a resource, or null when it has none. Some servers have numbers for ids.</summary>
    public static string? Id(JsonObject resource) =>
        ScimAttributes.Find(resource, "id") is JsonValue id && id.GetValueKind() is JsonValueKind.String or JsonValueKind.Number
        && id.ToString() is { Length: > 0 } text ? text : null;

    /// <summary>The text of a simple attribute, or null when it is missing or complex.</summary>
    public static string? Text(JsonObject resource, string name) =>
        ScimAttributes.Find(resource, name) is JsonValue value ? value.ToString() : null;

    /// <summary>The version in the resource's <c>meta</c>, or null.</summary>
    public static string? Version(JsonObject resource) =>
        ScimAttributes.Find(resource, "meta") is JsonObject meta ? Text(meta, "version") : null;

    /// <summary>The resources of a list response.</summary>
    public static IReadOnlyList<JsonObject> Listed(JsonObject page) =>
        ScimAttributes.Find(page, "Resources") is JsonArray array ? [.. array.OfType<JsonObject>()] : [];

    /// <summary>How many resources a list response says there are, or null when it does not say.</summary>
    public static long? Total(JsonObject page) => long.TryParse(Text(page, "totalResults"), out var total) ? total : null;

    /// <summary>Names every extension of a resource in its <c>schemas</c>.</summary>
    public static void Announce(JsonObject resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        if (ScimAttributes.Find(resource, "schemas") is not JsonArray schemas)
            resource["schemas"] = schemas = [];
        foreach (var (name, _) in resource)
        {
            if (name.StartsWith("urn:", StringComparison.OrdinalIgnoreCase)
                && !schemas.Any(schema => name.Equals(schema?.ToString(), StringComparison.OrdinalIgnoreCase)))
                schemas.Add(name);
        }
    }
}
