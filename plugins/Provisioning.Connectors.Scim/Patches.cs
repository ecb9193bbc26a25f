using System.Text.Json.Nodes;
using Provisioning.Scim;

namespace Provisioning.Connectors.Scim;

/// <summary>Builds patch requests.</summary>
internal static class Patches
{
    public static JsonObject From(IEnumerable<AttributeChange> changes, bool? enabled)
    {
        var operations = changes.Select(Operation).ToList();
        if (enabled is { } state)
            operations.Add(new JsonObject { ["op"] = "replace", ["path"] = "active", ["value"] = state });
        return Message(operations);
    }

    public static JsonObject AddMembers(IEnumerable<string> ids) =>
        Message([new JsonObject { ["op"] = "add", ["path"] = "members", ["value"] = Members(ids) }]);

    public static JsonObject RemoveMembers(IEnumerable<string> ids) => Message(
        ids.Select(id => new JsonObject { ["op"] = "remove", ["path"] = $"members[value eq {ScimFilter.Quote(id)}]" }));

    public static JsonArray Members(IEnumerable<string> ids) =>
        new([.. ids.Select(id => (JsonNode)new JsonObject { ["value"] = id })]);

    private static JsonObject Operation(AttributeChange change) => change.Value is null
        ? new JsonObject { ["op"] = "remove", ["path"] = Path(change) }
        : new JsonObject { ["op"] = "replace", ["path"] = Path(change), ["value"] = change.Value.DeepClone() };

    private static string Path(AttributeChange change) => change.SubAttribute switch
    {
        null => change.Attribute,
        // Attributes of an extension follow its URN after a colon, sub-attributes follow a dot.
        var sub when change.Attribute.StartsWith("urn:", StringComparison.OrdinalIgnoreCase) => $"{change.Attribute}:{sub}",
        var sub => $"{change.Attribute}.{sub}",
    };

    private static JsonObject Message(IEnumerable<JsonObject> operations) => new()
    {
        ["schemas"] = new JsonArray(ScimSchemas.PatchOp),
        ["Operations"] = new JsonArray([.. operations]),
    };
}
