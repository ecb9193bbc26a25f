using System.Text.Json.Nodes;

namespace Provisioning.Core.Reconciling;

/// <summary>
/// Compares what we applied with what the target has, as forgiving as the ways in which targets write the same thing: order, types and what
/// they add count for nothing. Only what we manage is compared.
/// </summary>
internal static class AttributeComparison
{
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
            if (AttributeText.IsSecret(name) || ignored.Contains(path, StringComparer.OrdinalIgnoreCase))
                continue;
            var other = Find(theirs, name);
            if (value is JsonObject complex && other is JsonObject otherComplex)
            {
                var separator = name.StartsWith("urn:", StringComparison.OrdinalIgnoreCase) ? ":" : ".";
                foreach (var difference in Compare(complex, otherComplex, ignored, path + separator))
                    yield return difference;
            }
            else if (!IsSame(value, other))
            {
                yield return (path, value, other);
            }
        }
    }

    private static JsonNode? Find(JsonObject attributes, string name) =>
        attributes[name] ?? attributes.FirstOrDefault(x => x.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    private static bool IsSame(JsonNode? ours, JsonNode? theirs) => (ours, theirs) switch
    {
        (JsonArray a, JsonArray b) => IsSame(a, b),
        (JsonArray a, _) => IsSame(a, theirs is null ? [] : new JsonArray(theirs.DeepClone())) || string.Join(';', a.Select(Plain)) == Plain(theirs),
        (_, JsonArray b) => b.Count == 1 ? IsSame(ours, b[0]) : b.Count == 0 && Plain(ours).Length == 0,
        (JsonObject a, JsonObject b) => a.All(x => AttributeText.IsSecret(x.Key) || IsSame(x.Value, Find(b, x.Key))),
        _ => Plain(ours) == Plain(theirs),
    };

    private static bool IsSame(JsonArray ours, JsonArray theirs)
    {
        if (ours.Count != theirs.Count)
            return false;
        var left = theirs.ToList();
        foreach (var one in ours)
        {
            var match = left.FindIndex(x => IsSame(one, x));
            if (match < 0)
                return false;
            left.RemoveAt(match);
        }

        return true;
    }

    // What is one value to a target may be an object with a value to us.
    private static string Plain(JsonNode? node) => node is JsonObject complex && complex["value"] is { } value ? AttributeText.Of(value) : AttributeText.Of(node);
}
