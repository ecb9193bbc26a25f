using System.Text.Json.Nodes;

namespace Provisioning.Scim;

/// <summary>Keeps "schemas" in step with the extensions that a patch brought in or took away.</summary>
internal static class PatchSchemas
{
    public static void Complete(JsonObject resource)
    {
        foreach (var (key, value) in resource.ToArray())
            if (IsExtension(key) && value is JsonObject { Count: 0 }) resource.Remove(key);
        if (ScimAttributes.Find(resource, "schemas") is not JsonArray schemas) return;
        var known = schemas.OfType<JsonValue>().Select(ScimAttributes.Text).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, _) in resource)
            if (IsExtension(key) && known.Add(key)) schemas.Add((JsonNode)key);
    }

    private static bool IsExtension(string key) => key.StartsWith("urn:", StringComparison.OrdinalIgnoreCase);
}
