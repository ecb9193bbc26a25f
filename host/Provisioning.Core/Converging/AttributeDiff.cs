using System.Text.Json.Nodes;
using Provisioning.Connectors;

namespace Provisioning.Core.Converging;

/// <summary>What differs between what was applied and what is desired.</summary>
public static class AttributeDiff
{
    /// <summary>Changes at the depth of sub-attributes; arrays are compared and replaced whole. Attributes that only the target has are left alone.</summary>
    public static IReadOnlyList<AttributeChange> Compute(JsonObject? applied, JsonObject desired)
    {
        var changes = new List<AttributeChange>();
        foreach (var (name, value) in desired)
        {
            var before = applied?[name];
            if (JsonNode.DeepEquals(before, value))
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

    private static void AddSubAttributes(List<AttributeChange> changes, string name, JsonObject before, JsonObject after)
    {
        foreach (var (sub, value) in after)
            if (!JsonNode.DeepEquals(before[sub], value))
                changes.Add(new AttributeChange(name, sub, value?.DeepClone()));
        foreach (var (sub, value) in before)
            if (value is not null && !after.ContainsKey(sub))
                changes.Add(new AttributeChange(name, sub, null));
    }
}
