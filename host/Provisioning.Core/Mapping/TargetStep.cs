using System.Text.Json.Nodes;

namespace Provisioning.Core.Mapping;

/// <summary>One step of a target path: an attribute, or the entry of a list that has these values.</summary>
/// <param name="Entry">Null for the attribute itself.</param>
internal sealed record TargetStep(string Name, IReadOnlyList<KeyValuePair<string, JsonValue>>? Entry = null)
{
    public bool IsSameAs(TargetStep other) => Name == other.Name
        && (Entry, other.Entry) switch
        {
            (null, null) => true,
            ({ } ours, { } theirs) => ours.Count == theirs.Count && ours.All(x => theirs.Any(y => x.Key == y.Key && JsonNode.DeepEquals(x.Value, y.Value))),
            _ => false,
        };

    /// <summary>The object that the next step starts from; null if there is none.</summary>
    public JsonObject? Find(JsonObject container) => Entry is null
        ? container[Name] as JsonObject
        : (container[Name] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(IsMeant);

    /// <summary>The object that the next step starts from, made if there is none; null if something else stands in its place.</summary>
    public JsonObject? Make(JsonObject container)
    {
        if (Find(container) is { } found)
            return found;
        var made = new JsonObject();
        if (Entry is null)
        {
            if (container[Name] is not null)
                return null;
            container[Name] = made;
            return made;
        }

        foreach (var (name, value) in Entry)
            made[name] = value.DeepClone();
        if (container[Name] is JsonArray list)
            list.Add((JsonNode)made);
        else if (container[Name] is null)
            container[Name] = new JsonArray(made);
        else
            return null;
        return made;
    }

    private bool IsMeant(JsonObject candidate) => Entry!.All(x => JsonNode.DeepEquals(candidate[x.Key], x.Value));
}
