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
            if (Texts(value, Depth).Any(x => NameIn(x, name) is not null && theirs.Contains(x)))
                contested.Add(attribute);
        }

        return contested;
    }

    /// <summary>These attributes with the name in them replaced, so that nobody else wants them.</summary>
    public static Dictionary<string, JsonNode> Freed(JsonObject attributes, IEnumerable<string> contested, string name, string suffix)
    {
        return contested.Where(x => attributes[x] is not null).ToDictionary(
            x => x, x => Replace(attributes[x]!, y => NameIn(y, name) is { } at ? y.Insert(at.End.Value, $"-{suffix}") : y, Depth), StringComparer.Ordinal);
    }

    /// <summary>Where the name stands in a value: as the whole value, before the @ of an address, or as the first value of a distinguished name. A value
    /// that merely contains the letters of the name does not follow it.</summary>
    private static Range? NameIn(string text, string name)
    {
        var start = text.IndexOf('=', StringComparison.Ordinal) + 1;
        var local = LocalPart(name);
        if (!text.AsSpan(start).StartsWith(local, StringComparison.OrdinalIgnoreCase))
            return null;
        var end = start + local.Length;
        var ends = end == text.Length || text[end] == '@' || (start > 0 && text[end] is ',' or '+');
        return ends ? start..end : null;
    }

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
