using System.Text.Json.Nodes;

namespace Provisioning.Scim;

/// <summary>Reads attributes by name; SCIM names ignore case.</summary>
public static class ScimAttributes
{
    /// <summary>The value of an attribute, or null when it is missing or null.</summary>
    public static JsonNode? Find(JsonObject resource, string name)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return ActualName(resource, name) is { } actual ? resource[actual] : null;
    }

    /// <summary>The name of an attribute as the resource spells it, or null when it is missing.</summary>
    public static string? ActualName(JsonObject resource, string name)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(name);
        if (resource.ContainsKey(name))
            return name;
        foreach (var (key, _) in resource)
        {
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
                return key;
        }

        return null;
    }

    /// <summary>A boolean, also as text (<c>"False"</c>) or as the only value of a list, as some clients write it; null when it is none.</summary>
    public static bool? Flag(JsonNode? value) => value switch
    {
        JsonArray { Count: 1 } list => Flag(list[0]),
        JsonObject { Count: 1 } complex => Flag(Find(complex, "value")),
        JsonValue simple when simple.TryGetValue<bool>(out var flag) => flag,
        _ => bool.TryParse(Text(value), out var flag) ? flag : null,
    };

    /// <summary>A text; null if the value is none.</summary>
    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>Sets an attribute under the spelling that is there already.</summary>
    internal static void Set(JsonObject resource, string name, JsonNode? value) => resource[ActualName(resource, name) ?? name] = value;

    /// <summary>Takes an attribute away, in whatever case it is written; false if it is not there.</summary>
    public static bool Remove(JsonObject resource, string name)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return ActualName(resource, name) is { } actual && resource.Remove(actual);
    }
}
