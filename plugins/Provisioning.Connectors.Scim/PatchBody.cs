using System.Text.Json.Nodes;
using Provisioning.Scim;

namespace Provisioning.Connectors.Scim;

/// <summary>Builds patch requests (RFC 7644, section 3.5.2) in the style that the target takes.</summary>
internal static class PatchBody
{
    private static readonly string[] s_lists =
        ["emails", "phoneNumbers", "ims", "photos", "addresses", "groups", "entitlements", "roles", "x509Certificates"];

    /// <summary>The patch, or null when nothing is left to send.</summary>
    public static JsonObject? From(IReadOnlyList<AttributeChange> changes, UpdateStyle style, string removal)
    {
        var operations = new List<JsonObject>();
        var written = changes.Where(change => change.Value is not null).ToList();
        if (style != UpdateStyle.Path && written.Count > 0)
            operations.Add(Replace(null, style == UpdateStyle.Dotted ? Dotted(written) : Nested(written)));
        foreach (var change in changes)
        {
            if (change.Value is null && removal != "omit")
                operations.Add(Remove(change, removal));
            else if (change.Value is not null && style == UpdateStyle.Path)
                operations.Add(Replace(Path(change), change.Value));
        }

        return operations.Count == 0 ? null : Message(operations);
    }

    public static JsonObject AddMembers(IEnumerable<string> ids) => Message([Operation("add", "members", Members(ids))]);

    public static JsonObject RemoveMembers(IEnumerable<string> ids, bool byValue) => Message(byValue
        ? [Operation("remove", "members", Members(ids))]
        : ids.Select(id => new JsonObject { ["op"] = "remove", ["path"] = $"members[value eq {ScimFilter.Quote(id)}]" }));

    public static JsonObject ReplaceMembers(IEnumerable<string> ids) => Message([Operation("replace", "members", Members(ids))]);

    public static JsonArray Members(IEnumerable<string> ids) =>
        new([.. ids.Select(id => (JsonNode)new JsonObject { ["value"] = id })]);

    private static JsonObject Replace(string? path, JsonNode? value) => Operation("replace", path, value?.DeepClone());

    private static JsonObject Remove(AttributeChange change, string removal) => removal switch
    {
        "null" => Operation("replace", Path(change), null),
        // An empty text is no value for what has several.
        "empty" => Operation("replace", Path(change), s_lists.Contains(change.Attribute, StringComparer.OrdinalIgnoreCase) ? new JsonArray() : ""),
        _ => new JsonObject { ["op"] = "remove", ["path"] = Path(change) },
    };

    private static JsonObject Operation(string op, string? path, JsonNode? value)
    {
        var operation = new JsonObject { ["op"] = op };
        if (path is not null)
            operation["path"] = path;
        operation["value"] = value;
        return operation;
    }

    private static JsonObject Dotted(List<AttributeChange> changes)
    {
        var value = new JsonObject();
        foreach (var change in changes)
            value[Path(change)] = change.Value!.DeepClone();
        return value;
    }

    private static JsonObject Nested(List<AttributeChange> changes)
    {
        var value = new JsonObject();
        foreach (var change in changes)
        {
            if (change.SubAttribute is not { } sub)
            {
                value[change.Attribute] = change.Value!.DeepClone();
                continue;
            }

            if (value[change.Attribute] is not JsonObject complex)
                value[change.Attribute] = complex = [];
            complex[sub] = change.Value!.DeepClone();
        }

        return value;
    }

    // Attributes of an extension follow its URN after a colon, sub-attributes follow a dot.
    private static string Path(AttributeChange change) => change.SubAttribute switch
    {
        null => change.Attribute,
        var sub when change.Attribute.StartsWith("urn:", StringComparison.OrdinalIgnoreCase) => $"{change.Attribute}:{sub}",
        var sub => $"{change.Attribute}.{sub}",
    };

    private static JsonObject Message(IEnumerable<JsonObject> operations) => new()
    {
        ["schemas"] = new JsonArray(ScimSchemas.PatchOp),
        ["Operations"] = new JsonArray([.. operations]),
    };
}
