using System.Text.Json.Nodes;

namespace Provisioning.Core.Converging;

/// <summary>The values that only one account at a target may have, as far as they follow the name: user name, address, distinguished name.</summary>
internal static class ContestedValues
{
    private const int Depth = 8;

    /// <summary>The attributes of <paramref name="desired"/> that follow its name and that the other one has with the same value.</summary>
    public static IReadOnlyList<string> Between(JsonObject? desired, string name, JsonObject? other)
    {
        var contested = new List<string>();
        foreach (var (attribute, value) in desired ?? [])
        {
            var theirs = Texts(other?[attribute], Depth).ToHashSet(StringComparer.OrdinalIgnoreCase);
            if (Texts(value, Depth).Any(x => Follows(x, name) && theirs.Contains(x)))
                contested.Add(attribute);
        }

        return contested;
    }

    /// <summary>These attributes with the name in them replaced, so that nobody else wants them.</summary>
    public static Dictionary<string, JsonNode> Freed(JsonObject attributes, IEnumerable<string> contested, string name, string suffix)
    {
        var local = LocalPart(name);
        return contested.Where(x => attributes[x] is not null).ToDictionary(
            x => x, x => Replace(attributes[x]!, y => y.Replace(local, $"{local}-{suffix}", StringComparison.OrdinalIgnoreCase), Depth), StringComparer.Ordinal);
    }

    private static bool Follows(string text, string name) => text.Contains(LocalPart(name), StringComparison.OrdinalIgnoreCase);

    // A name may be an address, and an attribute may have it without its domain.
    private static string LocalPart(string name) => name.IndexOf('@', StringComparison.Ordinal) is > 0 and var at ? name[..at] : name;

    private static IEnumerable<string> Texts(JsonNode? node, int depth) => node switch
    {
        _ when depth == 0 => [],
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        JsonArray array => array.SelectMany(x => Texts(x, depth - 1)),
        JsonObject complex => complex.SelectMany(x => Texts(x.Value, depth - 1)),
        _ => [],
    };

    private static JsonNode Replace(JsonNode node, Func<string, string> change, int depth) => node switch
    {
        JsonValue value when value.TryGetValue<string>(out var text) => JsonValue.Create(change(text)),
        JsonArray array when depth > 0 => new JsonArray([.. array.Select(x => x is null ? null : Replace(x, change, depth - 1))]),
        JsonObject complex when depth > 0 => new JsonObject(complex.Select(x => KeyValuePair.Create(x.Key, x.Value is null ? null : Replace(x.Value, change, depth - 1)))),
        _ => node.DeepClone(),
    };
}
