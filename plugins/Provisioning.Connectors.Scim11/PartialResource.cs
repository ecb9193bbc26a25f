using System.Text.Json.Nodes;
using Provisioning.Scim;

namespace Provisioning.Connectors.Scim11;

/// <summary>
/// Builds the partial resources that PATCH takes in SCIM 1.1 (protocol, section 3.3.2): what is there is merged, what
/// <c>meta.attributes</c> names is removed first, and values of multi-valued attributes leave by <c>operation: delete</c>.
/// </summary>
internal static class PartialResource
{
    public static JsonObject From(IEnumerable<AttributeChange> changes)
    {
        var body = Empty();
        var removed = new JsonArray();
        foreach (var change in changes.SelectMany(Parts))
        {
            var name = Vocabulary.ToTarget(change.Attribute);
            var value = Vocabulary.ToTarget(change.Attribute, change.SubAttribute, change.Value);
            // Merging would keep the values, or parts, that are to go: what has several is removed before it is set.
            if (value is null or JsonArray or JsonObject)
                removed.Add((JsonNode)Path(name, change.SubAttribute));
            if (value is null)
                continue;
            if (change.SubAttribute is not { } sub)
            {
                body[name] = value;
                continue;
            }

            if (body[name] is not JsonObject complex)
                body[name] = complex = [];
            complex[sub] = value;
        }

        if (removed.Count > 0)
            body["meta"] = new JsonObject { ["attributes"] = removed };
        ScimResource.Announce(body);
        return body;
    }

    public static JsonObject Members(IEnumerable<string> ids, bool add)
    {
        var body = Empty();
        body["members"] = new JsonArray([.. ids.Select(id =>
        {
            var member = new JsonObject { ["value"] = id };
            if (!add)
                member["operation"] = "delete";
            return (JsonNode)member;
        })]);
        return body;
    }

    // A whole extension is set attribute by attribute: only attributes can be removed by name.
    private static IEnumerable<AttributeChange> Parts(AttributeChange change) =>
        change is { SubAttribute: null, Value: JsonObject extension } && change.Attribute.StartsWith("urn:", StringComparison.OrdinalIgnoreCase)
            ? extension.Select(pair => new AttributeChange(change.Attribute, pair.Key, pair.Value))
            : [change];

    private static JsonObject Empty() => new() { ["schemas"] = new JsonArray(Vocabulary.Core) };

    // An attribute of an extension is written in full, after a colon; a part of a complex one after a dot.
    private static string Path(string name, string? sub) => sub is null ? name
        : name.StartsWith("urn:", StringComparison.OrdinalIgnoreCase) ? $"{name}:{sub}" : $"{name}.{sub}";
}
