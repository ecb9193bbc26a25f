using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Provisioning.Scim;

/// <summary>A filter (RFC 7644, section 3.4.2.2), as an immutable tree.</summary>
public sealed class ScimFilter
{
    /// <summary>The longest text that is accepted, in characters.</summary>
    public const int MaxLength = 8192;

    /// <summary>How deep groups and value paths may nest.</summary>
    public const int MaxDepth = 32;

    private readonly FilterNode _root;

    internal ScimFilter(FilterNode root) => _root = root;

    /// <summary>Parses a filter.</summary>
    /// <exception cref="ScimException">400 <c>invalidFilter</c>.</exception>
    public static ScimFilter Parse(string filter) => new FilterParser(filter, "invalidFilter").ParseFilterOnly();

    /// <summary>A text as a filter literal, with its quotes.</summary>
    public static string Quote(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";

    /// <summary>True if the resource satisfies the filter. Text is compared without case, except identifiers.</summary>
    public bool Matches(JsonObject resource) => _root.Test(resource);

    /// <summary>True if the whole filter is <c>path eq "value"</c>, so that an index can answer it.</summary>
    public bool TryGetEquality([NotNullWhen(true)] out string? path, [NotNullWhen(true)] out string? value)
    {
        if (_root is ComparisonNode { Operator: "eq", Path.Filter: null, Literal: JsonValue literal } node
            && literal.GetValueKind() == JsonValueKind.String)
        {
            path = node.Path.ToString();
            value = literal.GetValue<string>();
            return true;
        }
        path = value = null;
        return false;
    }

    // Values of simple multi-valued attributes are filtered as if they were complex with only a "value".
    internal bool MatchesValue(JsonNode value) =>
        _root.Test(value as JsonObject ?? new JsonObject { ["value"] = value.DeepClone() });

    // The sub-attributes that a new value needs to satisfy the filter; null if the filter does not pin them down.
    internal JsonObject? ImpliedValue()
    {
        var implied = new JsonObject();
        IEnumerable<FilterNode> parts = _root is GroupNode { All: true } group ? group.Parts : [_root];
        foreach (var part in parts)
        {
            if (part is not ComparisonNode { Operator: "eq", Path: { Filter: null, SubAttribute: null, Attribute: { } name }, Literal: { } literal })
                return null;
            ScimAttributes.Set(implied, name, literal.DeepClone());
        }
        return implied;
    }
}
