using System.Text.Json.Nodes;
using Provisioning.Connectors;

namespace Provisioning.Core.Converging;

/// <summary>What differs between what was applied and what is desired.</summary>
public static class AttributeDiff
{
    /// <summary>
    /// Changes at the depth of sub-attributes; arrays are compared and replaced whole. The order of a multi-valued attribute has no meaning
    /// (RFC 7643, section 2.4), so another order alone is no change. Attributes that only the target has are left alone.
    /// </summary>
    public static IReadOnlyList<AttributeChange> Compute(JsonObject? applied, JsonObject desired)
    {
        var changes = new List<AttributeChange>();
        foreach (var (name, value) in desired)
        {
            var before = applied?[name];
            if (IsSame(before, value))
                continue;
            if (value is JsonObject complex && before is JsonObject complexBefore)
                AddSubAttributes(changes, name, complexBefore, complex);
            else
                changes.Add(new AttributeChange(name, null, value?.DeepClone()));
        }

        foreach (var (name, value) in applied ?? [])
        {
            if (value is null || desired.ContainsKey(name))
                continue;

            // An extension is a schema and no attribute: what goes is what is in it.
            if (value is JsonObject extension && name.StartsWith("urn:", StringComparison.OrdinalIgnoreCase))
                AddSubAttributes(changes, name, extension, []);
            else
                changes.Add(new AttributeChange(name, null, null));
        }

        return changes;
    }

    private static bool IsSame(JsonNode? before, JsonNode? after) =>
        JsonNode.DeepEquals(before, after) || (before is not null && after is not null && Canonical(before) == Canonical(after));

    // A list of lists is a table or a path: there each position means something.
    private static string Canonical(JsonNode? node, bool inList = false)
    {
        switch (node)
        {
            case JsonObject complex:
                var parts = complex.OrderBy(part => part.Key, StringComparer.Ordinal);
                return $"{{{string.Join(',', parts.Select(part => $"{JsonValue.Create(part.Key).ToJsonString()}:{Canonical(part.Value)}"))}}}";
            case JsonArray list:
                var entries = list.Select(entry => Canonical(entry, inList: true));
                var isOrdered = inList || list.Any(entry => entry is JsonArray);
                return $"[{string.Join(',', isOrdered ? entries : entries.Order(StringComparer.Ordinal))}]";
            default:
                return node?.ToJsonString() ?? "null";
        }
    }

    private static void AddSubAttributes(List<AttributeChange> changes, string name, JsonObject before, JsonObject after)
    {
        foreach (var (sub, value) in after)
            if (!IsSame(before[sub], value))
                changes.Add(new AttributeChange(name, sub, value?.DeepClone()));
        foreach (var (sub, value) in before)
            if (value is not null && !after.ContainsKey(sub))
                changes.Add(new AttributeChange(name, sub, null));
    }
}
