using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Sql;

/// <summary>Puts values that a target keeps under one flat name where a mapping has them.</summary>
internal static class PartedName
{
    /// <summary>
    /// Puts a value called <c>name.givenName</c> into the attribute <c>name</c>, and one called <c>urn:…:User:department</c> into an extension.
    /// </summary>
    public static void Put(JsonObject attributes, string name, JsonNode value)
    {
        var cut = PartOf(name, value);
        if (cut <= 0)
            attributes[name] = value;
        else if ((attributes[name[..cut]] ??= new JsonObject()) is JsonObject parts)
            parts[name[(cut + 1)..]] = value;
    }

    // Where the part of an attribute begins. The version in a URN has a dot too, so only what follows its last colon counts.
    private static int PartOf(string name, JsonNode value)
    {
        if (!name.StartsWith("urn:", StringComparison.OrdinalIgnoreCase))
            return name.IndexOf('.', StringComparison.Ordinal);
        var colon = name.LastIndexOf(':');
        var dot = name.IndexOf('.', colon);
        return dot > 0 ? dot : value is JsonObject ? -1 : colon;
    }
}
