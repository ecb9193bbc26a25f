using System.Text.Json.Nodes;
using Provisioning.Scim;

namespace Provisioning.Connectors.Scim;

/// <summary>Builds and changes whole resources.</summary>
internal static class ResourceBody
{
    private static readonly string[] s_serverOwned = ["schemas", "id", "meta"];

    /// <summary>A new resource with our marker.</summary>
    public static JsonObject Create(ResourceType type, JsonObject attributes, string marker, IEnumerable<AttributeChange> more)
    {
        var body = new JsonObject { ["schemas"] = new JsonArray(type == ResourceType.User ? ScimSchemas.User : ScimSchemas.Group) };
        foreach (var (name, value) in attributes)
        {
            if (value is not null && !s_serverOwned.Contains(name, StringComparer.OrdinalIgnoreCase))
                body[name] = value.DeepClone();
        }

        if (ScimAttributes.Find(body, "externalId") is null)
            body["externalId"] = marker;
        Merge(body, more);
        ScimResource.Announce(body);
        return body;
    }

    /// <summary>Carries out changes on a resource.</summary>
    public static void Merge(JsonObject resource, IEnumerable<AttributeChange> changes)
    {
        foreach (var change in changes)
        {
            var owner = resource;
            var name = change.Attribute;
            if (change.SubAttribute is { } sub)
            {
                owner = ScimAttributes.Find(resource, name) as JsonObject;
                if (owner is null)
                {
                    if (change.Value is null)
                        continue;
                    resource[ScimAttributes.ActualName(resource, name) ?? name] = owner = [];
                }

                name = sub;
            }

            var actual = ScimAttributes.ActualName(owner, name) ?? name;
            if (change.Value is null)
                owner.Remove(actual);
            else
                owner[actual] = change.Value.DeepClone();
        }
    }
}
