using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Provisioning.Http;

namespace Provisioning.Connectors.Rest;

/// <summary>Fills texts and documents with values: <c>{{path}}</c>, or <c>{{path ?? default}}</c> with a JSON literal or text.</summary>
internal static partial class Template
{
    private const string Spread = "...";

    /// <summary>The names that a text asks for.</summary>
    public static IEnumerable<string> Names(string text) => Placeholder().Matches(text).Select(match => match.Groups["path"].Value);

    /// <summary>Whether a text has double braces that are no template.</summary>
    public static bool HasBrokenTemplate(string text) => Placeholder().Replace(text, "").Contains("{{", StringComparison.Ordinal);

    /// <summary>What a text has whatever the values are: all but its templates, and their defaults.</summary>
    public static string Constants(string text) => Placeholder().Replace(text, match => match.Groups["default"].Value);

    /// <summary>The texts of a document.</summary>
    public static IEnumerable<string> Texts(JsonNode? template) => template switch
    {
        JsonObject document => document.SelectMany(property => Texts(property.Value)),
        JsonArray items => items.SelectMany(Texts),
        null => [],
        _ => [template.ToString()],
    };

    /// <summary>Fills a text; a value that is missing is an empty text.</summary>
    /// <param name="text">The template.</param>
    /// <param name="values">The values by path.</param>
    /// <param name="escape">Makes a value safe for its place.</param>
    public static string Text(string text, JsonObject values, Func<string, string> escape) =>
        Placeholder().Replace(text, match => escape(Plain(Value(match, values))));

    /// <summary>Fills an address. A value stays one segment of the path, or one value of the query.</summary>
    public static string Address(string text, JsonObject values)
    {
        var query = QueryStart(text);
        return Placeholder().Replace(text, match =>
        {
            var plain = Plain(Value(match, values));
            return match.Index < query ? Addresses.Segment(plain) : Uri.EscapeDataString(plain);
        });
    }

    /// <summary>Fills a document. Values keep their types; nothing is put together as text, so that no value can break out of its place.</summary>
    public static JsonObject Document(JsonObject template, JsonObject values)
    {
        var filled = new JsonObject();
        foreach (var (name, inner) in template)
        {
            var (value, missing) = Node(inner, values);
            if (name == Spread)
            {
                foreach (var (spread, part) in value as JsonObject ?? [])
                    filled[spread] = part?.DeepClone();
            }
            else if (!missing)
            {
                filled[name] = value;
            }
        }

        return filled;
    }

    // The question marks of a default do not count.
    private static int QueryStart(string text)
    {
        var templates = Placeholder().Matches(text);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '?' && !templates.Any(match => i >= match.Index && i < match.Index + match.Length))
                return i;
        }

        return text.Length;
    }

    private static (JsonNode? Value, bool Missing) Node(JsonNode? template, JsonObject values)
    {
        switch (template)
        {
            case JsonObject inner:
                var document = Document(inner, values);
                // An empty object would erase what is there, as an empty array would.
                return (document, inner.Count > 0 && document.Count == 0);
            case JsonArray items:
                var filled = items.Where(item => !IsHollow(item, values)).Select(item => Node(item, values)).Where(item => !item.Missing).ToList();
                return (new JsonArray([.. filled.Select(item => item.Value).Where(item => item is not null)]), items.Count > 0 && filled.Count == 0);
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                var text = value.GetValue<string>();
                if (Placeholder().Match(text) is not { Success: true } match || match.Length != text.Length)
                    return (JsonValue.Create(Text(text, values, static plain => plain)), false);
                var found = Value(match, values);
                return (found.Value?.DeepClone(), found.Missing);
            default:
                return (template?.DeepClone(), false);
        }
    }

    // An entry of an array that has templates, none of which has a value: its constants alone describe nothing.
    private static bool IsHollow(JsonNode? template, JsonObject values)
    {
        var templates = Texts(template).SelectMany(text => Placeholder().Matches(text)).ToList();
        return template is JsonObject && templates.Count > 0 && templates.All(match => Value(match, values).Missing);
    }

    private static (JsonNode? Value, bool Missing) Value(Match match, JsonObject values)
    {
        var path = match.Groups["path"].Value;
        if (JsonPath.Find(values, path) is { } value)
            return (value, false);
        if (match.Groups["default"] is { Success: true, Value: var otherwise })
            return (Literal(otherwise), false);
        return (null, !HasNull(values, path));
    }

    // Among changes null says that an attribute goes away, which is something else than not being mentioned.
    private static bool HasNull(JsonObject values, string path)
    {
        var dot = path.LastIndexOf('.');
        return dot > 0 && JsonPath.Find(values, path[..dot]) is JsonObject parent && parent.ContainsKey(path[(dot + 1)..]);
    }

    private static JsonNode? Literal(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }

    private static string Plain((JsonNode? Value, bool Missing) found) => found.Value?.ToString() ?? "";

    [GeneratedRegex(@"\{\{\s*(?<path>[^{}?\s]+)\s*(\?\?\s*(?<default>[^{}]*?)\s*)?\}\}")]
    private static partial Regex Placeholder();
}
