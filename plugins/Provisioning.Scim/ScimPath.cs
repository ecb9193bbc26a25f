using System.Text.Json.Nodes;

namespace Provisioning.Scim;

/// <summary>An attribute path (RFC 7644, section 3.5.2): <c>[URN:]attribute[filter][.subAttribute]</c>. Immutable.</summary>
public sealed class ScimPath
{
    internal ScimPath(string? schema, string? attribute, ScimFilter? filter, string? subAttribute)
    {
        Schema = schema;
        Attribute = attribute;
        Filter = filter;
        SubAttribute = subAttribute;
    }

    /// <summary>The URN of the extension the attribute belongs to; null for core attributes, with or without a written URN.</summary>
    public string? Schema { get; }

    /// <summary>The name of the attribute; null if the path names a whole extension.</summary>
    public string? Attribute { get; }

    /// <summary>The filter that selects values of a multi-valued attribute, or null.</summary>
    public ScimFilter? Filter { get; }

    /// <summary>The sub-attribute, or null.</summary>
    public string? SubAttribute { get; }

    /// <summary>Parses a path.</summary>
    /// <exception cref="ScimException">400 <c>invalidPath</c>.</exception>
    public static ScimPath Parse(string path) => new FilterParser(path, "invalidPath").ParsePathOnly();

    /// <summary>The values the path leads to. Multi-valued attributes are flattened; null values are left out.</summary>
    public IEnumerable<JsonNode> Select(JsonObject resource)
    {
        var holder = Holder(resource);
        if (holder is null) yield break;
        if (Attribute is null)
        {
            yield return holder;
            yield break;
        }
        foreach (var value in Values(ScimAttributes.Find(holder, Attribute)))
        {
            if (Filter is not null && !Filter.MatchesValue(value)) continue;
            if (SubAttribute is null)
            {
                yield return value;
                continue;
            }
            if (value is not JsonObject complex) continue;
            foreach (var inner in Values(ScimAttributes.Find(complex, SubAttribute))) yield return inner;
        }
    }

    /// <summary>The path in its written form, without a filter's text.</summary>
    public override string ToString()
    {
        var name = Schema is null ? Attribute! : Attribute is null ? Schema : $"{Schema}:{Attribute}";
        return SubAttribute is null ? name : $"{name}.{SubAttribute}";
    }

    internal JsonObject? Holder(JsonObject resource) =>
        Schema is null ? resource : ScimAttributes.Find(resource, Schema) as JsonObject;

    // Splits "urn:…:2.0:User:department" at the last colon. A whole extension URN ("urn:…:2.0:User") looks the same,
    // and is told apart by the version before its last part, as every registered SCIM URN has it.
    internal static (string? Schema, string? Attribute) SplitUrn(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon < 0) return (null, text);
        var schema = text[..colon];
        var name = text[(colon + 1)..];
        var version = schema[(schema.LastIndexOf(':') + 1)..];
        var whole = name.Length == 0 || char.IsAsciiDigit(name[0]) || (version.Length > 0 && version.All(c => char.IsAsciiDigit(c) || c == '.'));
        var attribute = whole ? null : name;
        schema = whole ? text : schema;
        return ScimSchemas.IsCore(schema) ? (null, attribute) : (schema, attribute);
    }

    private static IEnumerable<JsonNode> Values(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array)
                if (item is not null) yield return item;
        }
        else if (node is not null)
        {
            yield return node;
        }
    }
}
