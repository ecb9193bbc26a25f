using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Provisioning.Scim;

/// <summary>An attribute path: <c>[urn:]name[.sub]</c>.</summary>
internal sealed partial record AttributePath(string Text, string? Urn, string Name, string? Sub)
{
    /// <summary>Parses a path, or returns null when it is none.</summary>
    public static AttributePath? TryParse(string text)
    {
        var rest = text;
        string? urn = null;
        if (text.StartsWith("urn:", StringComparison.OrdinalIgnoreCase))
        {
            // A whole schema URN names the extension object itself; what follows a further colon is its attribute.
            if (SchemaUrn().IsMatch(text))
                return new AttributePath(text, null, text, null);
            var colon = text.LastIndexOf(':');
            (urn, rest) = (text[..colon], text[(colon + 1)..]);
        }

        var dot = rest.IndexOf('.', StringComparison.Ordinal);
        var name = dot < 0 ? rest : rest[..dot];
        var sub = dot < 0 ? null : rest[(dot + 1)..];
        if (!IsName(name) || (sub is not null && !IsName(sub)))
            return null;
        return new AttributePath(text, urn is not null && ScimSchemas.IsCore(urn) ? null : urn, name, sub);
    }

    public static bool IsName(string text)
    {
        if (text.Length == 0 || !(char.IsAsciiLetter(text[0]) || text[0] is '$' or '_'))
            return false;
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '$'))
                return false;
        }

        return true;
    }

    /// <summary>Whether the path leads to an attribute of the core schema, or into it.</summary>
    public bool IsOf(string attribute) => Urn is null && Name.Equals(attribute, StringComparison.OrdinalIgnoreCase);

    /// <summary>All non-null values at the path; a multi-valued attribute gives one for each element.</summary>
    public IEnumerable<JsonNode> Values(JsonObject resource)
    {
        if (ScimAttributes.ActualName(resource, Text) is { } whole)
            return Expand(resource[whole]);
        var container = Urn is null ? resource : ScimAttributes.Find(resource, Urn) as JsonObject;
        if (container is null)
            return [];
        var values = Expand(ScimAttributes.Find(container, Name));
        return Sub is null
            ? values
            : values.OfType<JsonObject>().SelectMany(element => Expand(ScimAttributes.Find(element, Sub)));
    }

    private static IEnumerable<JsonNode> Expand(JsonNode? node) => node switch
    {
        null => [],
        JsonArray array => array.OfType<JsonNode>(),
        _ => [node],
    };

    [GeneratedRegex(@"^urn:[^\[\]\s""]*:[0-9]+\.[0-9]+:[A-Za-z][A-Za-z0-9_-]*$", RegexOptions.IgnoreCase)]
    private static partial Regex SchemaUrn();
}
