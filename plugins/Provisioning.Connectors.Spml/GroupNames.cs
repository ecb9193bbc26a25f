using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Spml;

/// <summary>Groups are not mapped: the host names them by <c>displayName</c>, and the target by whatever the settings say.</summary>
internal static class GroupNames
{
    private const string Name = "displayName";

    public static JsonObject ToTarget(SpmlGroupSettings kind, JsonObject attributes)
    {
        var copy = (JsonObject)attributes.DeepClone();
        if (kind.Name != Name && !copy.ContainsKey(kind.Name) && copy.Remove(Name, out var value))
            copy[kind.Name] = value;
        return copy;
    }

    public static IReadOnlyList<AttributeChange> ToTarget(SpmlGroupSettings kind, IReadOnlyList<AttributeChange> changes) =>
        [.. changes.Select(change => change.Attribute == Name ? change with { Attribute = kind.Name } : change)];

    public static void FromTarget(SpmlGroupSettings kind, JsonObject attributes)
    {
        if (attributes[kind.Name] is { } value && !attributes.ContainsKey(Name))
            attributes[Name] = value.DeepClone();
    }
}
