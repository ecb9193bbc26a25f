using System.Text.Json.Nodes;

namespace Provisioning.Core.Mapping;

/// <summary>Addresses of target attributes: <c>attribute</c>, <c>attribute.sub</c>, <c>urn:…:User:attribute</c>.</summary>
internal static class TargetPath
{
    public static JsonNode? Get(JsonObject attributes, string path)
    {
        var (first, second) = Split(path);
        return second is null ? attributes[first] : (attributes[first] as JsonObject)?[second];
    }

    public static void Set(JsonObject attributes, string path, JsonNode value)
    {
        var (first, second) = Split(path);
        if (second is null)
            attributes[first] = value;
        else if (attributes[first] is JsonObject complex)
            complex[second] = value;
        else
            attributes[first] = new JsonObject { [second] = value };
    }

    // Dots and colons also stand inside a URN ("…:core:2.0:User"), so there the last colon divides.
    private static (string First, string? Second) Split(string path)
    {
        if (path.StartsWith("urn:", StringComparison.OrdinalIgnoreCase))
        {
            var colon = path.LastIndexOf(':');
            return (path[..colon], path[(colon + 1)..]);
        }

        var dot = path.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? (path, null) : (path[..dot], path[(dot + 1)..]);
    }
}
