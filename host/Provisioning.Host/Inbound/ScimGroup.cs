using System.Text.Json.Nodes;
using Provisioning.Core.Users;
using Provisioning.Scim;

namespace Provisioning.Host.Inbound;

/// <summary>Groups as SCIM resources and back.</summary>
internal static class ScimGroup
{
    private static readonly string[] NotAttributes = ["id", "meta", "members", "schemas"];

    public static (string DisplayName, JsonObject Attributes, IReadOnlyList<string> Members) Read(JsonObject body)
    {
        if (body["displayName"] is not JsonValue value || !value.TryGetValue<string>(out var name) || name.Trim().Length is 0 or > 256)
            throw new ScimException(400, "invalidValue", "'displayName' is required: 1 to 256 characters");
        var attributes = new JsonObject();
        foreach (var (key, node) in body)
            if (node is not null && !NotAttributes.Contains(key, StringComparer.OrdinalIgnoreCase))
                attributes[key] = node.DeepClone();
        attributes["displayName"] = name.Trim();
        if (body["members"] is not (null or JsonArray))
            throw new ScimException(400, "invalidValue", "'members' must be an array");
        var members = (body["members"] as JsonArray ?? []).Select(MemberId).Distinct(StringComparer.Ordinal).ToList();
        return (name.Trim(), attributes, members);
    }

    /// <summary>The group as a patch changes it: without what nobody patches, because a group may have very many members.</summary>
    public static JsonObject ToPatch(Group group)
    {
        var resource = ToResource(group, "", withMembers: false);
        resource["members"] = new JsonArray([.. group.Members.Select(x => new JsonObject { ["value"] = x })]);
        return resource;
    }

    public static JsonObject ToResource(Group group, string baseUrl, bool withMembers = true)
    {
        var resource = new JsonObject { ["schemas"] = new JsonArray(ScimSchemas.Group), ["id"] = group.Id };
        foreach (var (name, value) in group.Attributes)
            resource[name] = value?.DeepClone();
        if (withMembers)
            resource["members"] = new JsonArray([.. group.Members.Select(x => new JsonObject { ["value"] = x, ["$ref"] = $"{baseUrl}/scim/v2/Users/{x}" })]);
        resource["meta"] = ScimUser.Meta("Group", group.Created, group.Modified, group.Version, $"{baseUrl}/scim/v2/Groups/{group.Id}");
        return resource;
    }

    private static string MemberId(JsonNode? member) =>
        (member as JsonObject)?["value"]?.ToString() ?? throw new ScimException(400, "invalidValue", "each member needs a 'value'");
}
