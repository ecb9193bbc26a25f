using System.Text.Json;
using System.Text.Json.Nodes;
using Provisioning.Core.Mapping;

namespace Provisioning.Core.Reconciling;

/// <summary>
/// Compares what we applied with what the target has, as forgiving as the ways in which targets write the same thing: order, repetitions, types,
/// notation and what targets add count for nothing. Only what we manage is compared.
/// </summary>
internal static class AttributeComparison
{
    // What the connectors for files and tables write between the values of a list that has one column.
    private const char Separator = ';';

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>The attributes that differ; sub-attributes dotted.</summary>
    /// <param name="ignored">Names that are not compared.</param>
    public static IEnumerable<(string Name, JsonNode? Ours, JsonNode? Theirs)> Compare(JsonObject ours, JsonObject theirs, IReadOnlyCollection<string> ignored) =>
        Compare(ours, theirs, ignored, "");

    private static IEnumerable<(string Name, JsonNode? Ours, JsonNode? Theirs)> Compare(
        JsonObject ours, JsonObject theirs, IReadOnlyCollection<string> ignored, string prefix)
    {
        foreach (var (name, value) in ours)
        {
            var path = prefix + name;
            if (SecretNames.IsHidden(name) || GeneratedSecret.Is(value) || ignored.Contains(path, StringComparer.OrdinalIgnoreCase))
                continue;
            var other = Find(theirs, name);
            if (value is JsonObject complex && Structure(other) is JsonObject otherComplex)
            {
                var separator = name.StartsWith("urn:", StringComparison.OrdinalIgnoreCase) ? ":" : ".";
                foreach (var difference in Compare(complex, otherComplex, ignored, path + separator))
                    yield return difference;
            }
            else if (!IsSame(name, value, other))
            {
                yield return (path, value, other);
            }
        }
    }

    private static JsonNode? Find(JsonObject attributes, string name) =>
        attributes[name] ?? attributes.FirstOrDefault(x => x.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    private static bool IsSame(string name, JsonNode? ours, JsonNode? theirs)
    {
        // A target without lists keeps one as its JSON text; a mapping may have written such a text where the target has a list.
        var (left, right) = (Structure(ours), Structure(theirs));
        if (left is JsonValue or null || right is JsonValue or null)
            (left, right) = (ours, theirs);
        return (left, right) switch
        {
            (JsonArray a, JsonArray b) => IsSameList(name, a, b),
            (JsonArray a, null) => IsSameList(name, a, []),
            (JsonArray a, _) => IsSameList(name, a, List(right)) || IsJoined(name, a, AttributeText.Plain(right)),
            (_, JsonArray b) => IsSameList(name, left is null ? [] : List(left), b),
            (JsonObject a, JsonObject or null) => a.All(x => SecretNames.IsHidden(x.Key) || IsSame(x.Key, x.Value, right is JsonObject b ? Find(b, x.Key) : null)),
            _ => ValueComparison.IsSame(name, left, right),
        };
    }

    // A target may keep each value once, and none that is empty. Most keep the order, so what stands at the same place is looked at first.
    private static bool IsSameList(string name, JsonArray ours, JsonArray theirs)
    {
        var (left, right) = (ours.Where(IsFull).ToList(), theirs.Where(IsFull).ToList());
        return left.Index().All(x => IsSameAt(x.Index) || right.Exists(other => IsSame(name, x.Item, other)))
            && right.Index().All(x => IsSameAt(x.Index) || left.Exists(other => IsSame(name, other, x.Item)));

        bool IsSameAt(int place) => place < left.Count && place < right.Count && IsSame(name, left[place], right[place]);
    }

    private static bool IsJoined(string name, JsonArray ours, string theirs) =>
        string.Join(Separator, ours.Select(AttributeText.Plain)) == theirs
        || (theirs.Contains(Separator, StringComparison.Ordinal)
            && IsSameList(name, ours, [.. theirs.Split(Separator).Select(part => JsonValue.Create(part))]));

    private static bool IsFull(JsonNode? node) => !IsSame("", node, null);

    private static JsonArray List(JsonNode? node) => [node?.DeepClone()];

    /// <summary>The list or object that a text holds, or the node as it is.</summary>
    private static JsonNode? Structure(JsonNode? node)
    {
        if (node is not JsonValue value || !value.TryGetValue<string>(out var text) || text.AsSpan().TrimStart() is not ['[' or '{', ..])
            return node;
        try
        {
            return JsonNode.Parse(text, documentOptions: Strict);
        }
        catch (JsonException)
        {
            return node;
        }
    }
}
