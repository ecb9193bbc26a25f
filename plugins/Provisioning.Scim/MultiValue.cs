using System.Text.Json;
using System.Text.Json.Nodes;

namespace Provisioning.Scim;

/// <summary>Operations on the values of a multi-valued attribute.</summary>
internal static class MultiValue
{
    /// <summary>Adds values that are not there yet; a value that is there takes over the sub-attributes of the new one.</summary>
    public static void Add(JsonArray values, JsonNode added)
    {
        // Indexed, because groups have many thousands of members.
        var known = values.OfType<JsonNode>().ToLookup(Key);
        var fresh = new Dictionary<string, List<JsonNode>>();
        var touched = new List<JsonObject>();
        foreach (var item in Items(added))
        {
            var key = Key(item);
            var twins = fresh.TryGetValue(key, out var list) ? list : fresh[key] = [.. known[key]];
            var twin = twins.FirstOrDefault(other => Same(other, item));
            if (twin is null)
            {
                values.Add(twin = item);
                twins.Add(item);
            }
            else if (twin is JsonObject existing && item is JsonObject changes)
            {
                Merge(existing, changes, replace: false);
            }
            if (twin is JsonObject complex) touched.Add(complex);
        }
        KeepOnePrimary(values, touched);
    }

    public static JsonArray Unique(JsonNode value)
    {
        var result = new JsonArray();
        Add(result, value);
        return result;
    }

    public static void Remove(JsonArray values, JsonNode removed)
    {
        var gone = Items(removed).ToLookup(Key);
        values.RemoveAll(item => item is not null && gone[Key(item)].Any(other => Same(item, other)));
    }

    public static void Merge(JsonObject target, JsonObject changes, bool replace)
    {
        foreach (var (name, item) in changes)
        {
            if (item is not null) ScimAttributes.Set(target, name, PatchValues.Normalize(name, item));
            else if (replace) ScimAttributes.Remove(target, name);
        }
    }

    /// <summary>At most one value is primary: a value that became it takes it from the others.</summary>
    public static void KeepOnePrimary(JsonArray values, IReadOnlyCollection<JsonObject> touched)
    {
        var winners = touched.Where(IsPrimary).Distinct().ToList();
        if (winners.Count == 0) return;
        if (winners.Count > 1) throw new ScimException(400, "invalidValue", "only one value can be primary");
        foreach (var other in values.OfType<JsonObject>())
            if (!ReferenceEquals(other, winners[0]) && IsPrimary(other)) ScimAttributes.Set(other, "primary", false);
    }

    private static bool IsPrimary(JsonObject value) => ScimAttributes.Find(value, "primary")?.GetValueKind() == JsonValueKind.True;

    private static IEnumerable<JsonNode> Items(JsonNode value) =>
        value is JsonArray array ? array.OfType<JsonNode>().Select(item => PatchValues.Normalize("", item)) : [PatchValues.Normalize("", value)];

    private static string Key(JsonNode item) => item switch
    {
        JsonObject complex => ScimAttributes.TryGetText(complex, "value", out var text) ? "v" + text : "",
        JsonValue value => "v" + ScimAttributes.Text(value),
        _ => "",
    };

    // Two complex values with the same "value" are one, unless both say of what type they are and it differs.
    private static bool Same(JsonNode a, JsonNode b)
    {
        if (a is not JsonObject x || b is not JsonObject y) return a is not JsonObject && b is not JsonObject ? JsonNode.DeepEquals(a, b) : Key(a).Length > 0;
        if (Key(a).Length == 0) return JsonNode.DeepEquals(x, y);
        return !ScimAttributes.TryGetText(x, "type", out var left) || !ScimAttributes.TryGetText(y, "type", out var right)
            || left.Equals(right, StringComparison.OrdinalIgnoreCase);
    }
}
