using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Provisioning.Scim;

/// <summary>Access to attributes by name. Names are case-insensitive (RFC 7643, section 2.1), JSON objects are not.</summary>
public static class ScimAttributes
{
    /// <summary>The value of an attribute, or null if it is absent or null.</summary>
    public static JsonNode? Find(JsonObject resource, string name) =>
        resource.TryGetPropertyValue(name, out var exact) ? exact
        : NameOf(resource, name) is { } key ? resource[key] : null;

    /// <summary>The name as the object spells it, or null if it has no such attribute.</summary>
    public static string? NameOf(JsonObject resource, string name)
    {
        if (resource.ContainsKey(name)) return name;
        foreach (var (key, _) in resource)
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase)) return key;
        return null;
    }

    /// <summary>Sets an attribute under the spelling the object has already, or else under the given one.</summary>
    public static void Set(JsonObject resource, string name, JsonNode? value) => resource[NameOf(resource, name) ?? name] = value;

    /// <summary>Removes an attribute; false if there was none.</summary>
    public static bool Remove(JsonObject resource, string name) => NameOf(resource, name) is { } key && resource.Remove(key);

    /// <summary>Reads a string attribute. Numbers are taken as text, for servers whose ids are numbers.</summary>
    public static bool TryGetText(JsonObject resource, string name, [NotNullWhen(true)] out string? text)
    {
        text = Find(resource, name) is JsonValue value ? Text(value) : null;
        return text is not null;
    }

    internal static string? Text(JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.Number => value.ToJsonString(),
        _ => null,
    };

    /// <summary>True if the node counts as a value: null, empty arrays and empty objects do not (RFC 7643, section 2.5).</summary>
    public static bool IsPresent([NotNullWhen(true)] JsonNode? node) => node switch
    {
        null => false,
        JsonArray array => array.Count > 0,
        JsonObject inner => inner.Count > 0,
        _ => node.GetValueKind() is not (JsonValueKind.Null or JsonValueKind.Undefined),
    };
}
