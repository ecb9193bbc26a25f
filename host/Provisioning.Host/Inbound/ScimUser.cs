using System.Globalization;
using System.Text.Json.Nodes;
using Provisioning.Core.Users;
using Provisioning.Scim;

namespace Provisioning.Host.Inbound;

/// <summary>Users as SCIM resources and back.</summary>
internal static class ScimUser
{
    private static readonly string[] ReadOnly = ["id", "meta", "groups", "password", "schemas"];

    /// <summary>The writable attributes of a request body.</summary>
    /// <exception cref="ScimException">No user name.</exception>
    public static JsonObject Writable(JsonObject body)
    {
        var attributes = new JsonObject();
        foreach (var (name, value) in body)
            if (value is not null && !ReadOnly.Contains(name, StringComparer.OrdinalIgnoreCase))
                attributes[name] = value.DeepClone();
        if (attributes.FirstOrDefault(x => x.Key.Equals("userName", StringComparison.OrdinalIgnoreCase)) is { Value: { } userName } found
            && userName is JsonValue text && text.TryGetValue<string>(out var name2) && name2.Trim().Length is > 0 and <= 256)
        {
            attributes.Remove(found.Key);
            attributes.Insert(0, "userName", name2.Trim());
        }
        else
        {
            throw new ScimException(400, "invalidValue", "'userName' is required: 1 to 256 characters");
        }

        if (attributes["active"] is { } active)
            attributes["active"] = Flag(active);
        return attributes;
    }

    public static JsonObject ToResource(User user, IReadOnlyList<GroupReference> groups, string baseUrl)
    {
        var resource = new JsonObject { ["schemas"] = Schemas(user.Attributes), ["id"] = user.Id };
        foreach (var (name, value) in user.Attributes)
            resource[name] = value?.DeepClone();
        resource["active"] = user.Active;
        if (groups.Count > 0)
            resource["groups"] = new JsonArray([.. groups.Select(x => new JsonObject { ["value"] = x.Id, ["display"] = x.DisplayName })]);
        resource["meta"] = Meta("User", user.Created, user.Modified, user.Version, $"{baseUrl}/scim/v2/Users/{user.Id}");
        return resource;
    }

    public static string ETag(long version) => string.Create(CultureInfo.InvariantCulture, $"W/\"{version}\"");

    public static JsonObject Meta(string type, DateTimeOffset created, DateTimeOffset modified, long version, string location) => new()
    {
        ["resourceType"] = type,
        ["created"] = created.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
        ["lastModified"] = modified.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
        ["version"] = ETag(version),
        ["location"] = location,
    };

    private static bool Flag(JsonNode active) =>
        ScimAttributes.Flag(active) ?? throw new ScimException(400, "invalidValue", "'active' must be true or false");

    private static JsonArray Schemas(JsonObject attributes) =>
        new([ScimSchemas.User, .. attributes.Where(x => x.Key.StartsWith("urn:", StringComparison.OrdinalIgnoreCase)).Select(x => JsonValue.Create(x.Key))]);
}
