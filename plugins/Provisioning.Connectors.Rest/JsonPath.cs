using System.Globalization;
using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Rest;

/// <summary>Finds a value by names and indexes with dots between them: <c>profile.emails.0.value</c>.</summary>
internal static class JsonPath
{
    public static JsonNode? Find(JsonNode? node, string? path)
    {
        if (string.IsNullOrEmpty(path))
            return node;

        // A name may have dots of its own, as the URN of an extension has: the longest that is there counts.
        if (node is JsonObject parent)
        {
            for (var end = path.Length; end > 0; end = path.LastIndexOf('.', end - 1))
            {
                if (parent.TryGetPropertyValue(path[..end], out var child))
                    return end == path.Length ? child : Find(child, path[(end + 1)..]);
            }

            return null;
        }

        var dot = path.IndexOf('.', StringComparison.Ordinal);
        var first = dot < 0 ? path : path[..dot];
        return node is JsonArray items && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < items.Count
            ? Find(items[index], dot < 0 ? null : path[(dot + 1)..])
            : null;
    }

    /// <summary>A value as text, or null for none; objects and arrays have none.</summary>
    public static string? Text(JsonNode? node, string? path) =>
        Find(node, path) is JsonValue value ? value.ToString() is { Length: > 0 } text ? text : null : null;
}
