using System.Globalization;
using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Core.Users;
using Provisioning.Scim;

namespace Provisioning.Host.Inbound;

/// <summary>Users as SCIM resources and back.</summary>
internal static class ScimUser
{
    private static readonly string[] ReadOnly = ["id", "meta", "groups", "password", "schemas"];

    private const int MostName = 256;
    private const int MostPassword = 1024;

    /// <summary>Reads the attributes that a request gives a user: in canonical form, without those that only the server writes. A null asks to remove an attribute.</summary>
    /// <param name="body">The request.</param>
    /// <param name="extensions">The schema extensions that users may have.</param>
    /// <param name="before">The attributes as they were, null for a new user.</param>
    /// <exception cref="ScimException">No user name, or a value of a wrong type.</exception>
    public static JsonObject Read(JsonObject body, IReadOnlyList<ResourceSchema> extensions, JsonObject? before = null)
    {
        var canonical = CanonicalResource.Of(body, StandardSchemas.User, extensions, before);
        if (ScimAttributes.Text(canonical["userName"])?.Trim() is not { Length: > 0 and <= MostName } userName)
            throw new ScimException(400, "invalidValue", "'userName' is required: 1 to 256 characters");
        canonical["userName"] = userName;
        foreach (var name in ReadOnly)
            ScimAttributes.Remove(canonical, name);
        return canonical;
    }

    /// <summary>The first password that a request gives a new user; null if it gives none.</summary>
    /// <exception cref="ScimException">It is no text, or too long.</exception>
    public static Secret? FirstPassword(JsonObject body) => ScimAttributes.Find(body, "password") switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) && text.Length is > 0 and <= MostPassword => new Secret(text),
        _ => throw new ScimException(400, "invalidValue", "'password' must be a text of 1 to 1024 characters"),
    };

    /// <summary>Reads the attributes of a request that replaces a user: attributes that are null are left out.</summary>
    /// <inheritdoc cref="Read" />
    public static JsonObject Writable(JsonObject body, IReadOnlyList<ResourceSchema> extensions, JsonObject? before = null)
    {
        var attributes = Read(body, extensions, before);
        UserMerge.RemoveNull(attributes);
        return attributes;
    }

    public static JsonObject ToResource(SeenUser user, IReadOnlyList<GroupReference> groups, string baseUrl)
    {
        var resource = new JsonObject { ["schemas"] = Schemas(user.Attributes), ["id"] = user.Id };
        foreach (var (name, value) in user.Attributes)
            resource[name] = value?.DeepClone();
        resource["active"] = user.Active;
        if (groups.Count > 0)
            resource["groups"] = new JsonArray([.. groups.Select(x => new JsonObject { ["value"] = x.Id, ["display"] = x.DisplayName, ["type"] = x.IsInherited ? "indirect" : "direct" })]);
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

    private static JsonArray Schemas(JsonObject attributes) =>
        new([ScimSchemas.User, .. attributes.Where(x => x.Key.StartsWith("urn:", StringComparison.OrdinalIgnoreCase)).Select(x => JsonValue.Create(x.Key))]);
}
