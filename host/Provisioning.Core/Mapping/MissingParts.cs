using System.Text.Json.Nodes;

namespace Provisioning.Core.Mapping;

/// <summary>Takes the missing parts out of a value.</summary>
internal static class MissingParts
{
    /// <summary>A copy of a value of a user, without the parts that have no value and those with a name that is ours (<see cref="ReservedNames"/>).</summary>
    /// <returns>Null if nothing is left.</returns>
    public static JsonNode? Copy(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject { Count: > 0 } complex:
                var parts = new JsonObject();
                foreach (var (name, part) in complex)
                    if (part is not null && !ReservedNames.Has(name) && Copy(part) is { } copy)
                        parts.Add(name, copy);
                return parts.Count == 0 ? null : parts;
            case JsonArray { Count: > 0 } list:
                var entries = new JsonArray();
                foreach (var entry in list)
                    if (Copy(entry) is { } copy)
                        entries.Add(copy);
                return entries.Count == 0 ? null : entries;
            default:
                return node?.DeepClone();
        }
    }

    /// <summary>Removes parts without a value. What is empty without them goes too; what was empty before stays.</summary>
    /// <param name="isMissing">Whether a text stands for what is missing.</param>
    /// <returns>The same node, changed; null if nothing is left.</returns>
    public static JsonNode? Remove(JsonNode? node, Func<string, bool>? isMissing = null)
    {
        switch (node)
        {
            case JsonObject { Count: > 0 } complex:
                foreach (var (name, part) in complex.ToList())
                    if (Remove(part, isMissing) is null)
                        complex.Remove(name);
                return complex.Count == 0 ? null : complex;
            case JsonArray { Count: > 0 } list:
                for (var i = list.Count - 1; i >= 0; i--)
                    if (Remove(list[i], isMissing) is null)
                        list.RemoveAt(i);
                return list.Count == 0 ? null : list;
            case JsonValue value when isMissing is not null && value.TryGetValue<string>(out var text) && isMissing(text):
                return null;
            default:
                return node;
        }
    }
}
