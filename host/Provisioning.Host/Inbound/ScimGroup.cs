using System.Text.Json.Nodes;
using Provisioning.Core.Users;
using Provisioning.Scim;

namespace Provisioning.Host.Inbound;

/// <summary>Groups as SCIM resources and back.</summary>
internal static class ScimGroup
{
    private static readonly string[] NotAttributes = ["id", "meta", "members", "schemas"];

    /// <summary>Reads what a request says of a group; members may be users and groups.</summary>
    /// <param name="body">The request.</param>
    /// <param name="before">The attributes as they were, null for a new group.</param>
    /// <exception cref="ScimException">No display name, or a value of a wrong type.</exception>
    public static (string DisplayName, JsonObject Attributes, IReadOnlyList<string> Members) Read(JsonObject body, JsonObject? before = null)
    {
        var attributes = new JsonObject();
        foreach (var (key, node) in body)
            if (node is not null && !NotAttributes.Contains(key, StringComparer.OrdinalIgnoreCase))
                attributes[key] = node.DeepClone();
        attributes = CanonicalResource.Of(attributes, StandardSchemas.Group, [], before);
        if (ScimAttributes.Text(attributes["displayName"])?.Trim() is not { Length: > 0 and <= 256 } name)
            throw new ScimException(400, "invalidValue", "'displayName' is required: 1 to 256 characters");
        attributes["displayName"] = name;
        return (name, attributes, [.. MembersOf(ScimAttributes.Find(body, "members")).Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>The group as a patch changes it: without what nobody patches, because a group may have very many members.</summary>
    public static JsonObject ToPatch(Group group)
    {
        var resource = ToResource(group, "", withMembers: false);
        resource["members"] = new JsonArray(
            [
                .. group.Members.Select(x => new JsonObject { ["value"] = x, ["type"] = "User" }),
                .. group.Groups.Select(x => new JsonObject { ["value"] = x, ["type"] = "Group" }),
            ]);
        return resource;
    }

    public static JsonObject ToResource(GroupHead group, string baseUrl, bool withMembers = true)
    {
        var resource = new JsonObject { ["schemas"] = new JsonArray(ScimSchemas.Group), ["id"] = group.Id };
        foreach (var (name, value) in group.Attributes)
            resource[name] = value?.DeepClone();
        if (withMembers && group is Group whole)
            resource["members"] = new JsonArray(
                [
                    .. whole.Members.Select(x => new JsonObject { ["value"] = x, ["$ref"] = $"{baseUrl}/scim/v2/Users/{x}", ["type"] = "User" }),
                    .. whole.Groups.Select(x => new JsonObject { ["value"] = x, ["$ref"] = $"{baseUrl}/scim/v2/Groups/{x}", ["type"] = "Group" }),
                ]);
        resource["meta"] = ScimUser.Meta("Group", group.Created, group.Modified, group.Version, $"{baseUrl}/scim/v2/Groups/{group.Id}");
        return resource;
    }

    // A group may have very many members, so they are read as they are. One member may stand without its list, and an id without its object.
    private static IEnumerable<string> MembersOf(JsonNode? members) => members switch
    {
        null => [],
        JsonArray list => list.Select(MemberId),
        _ => [MemberId(members)],
    };

    private static string MemberId(JsonNode? member) =>
        ScimAttributes.Text(member is JsonObject complex ? ScimAttributes.Find(complex, "value") : member)
        ?? throw new ScimException(400, "invalidValue", "each entry of 'members' needs a 'value': the id of a user or a group");
}
