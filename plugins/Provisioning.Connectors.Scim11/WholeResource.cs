using System.Text.Json.Nodes;
using Provisioning.Connectors.Scim;
using Provisioning.Scim;

namespace Provisioning.Connectors.Scim11;

/// <summary>Builds whole resources, for creation and for replacement.</summary>
internal static class WholeResource
{
    private static readonly string[] s_serverOwned = ["schemas", "id", "meta"];

    public static JsonObject Create(NewAccount account)
    {
        var body = new JsonObject { ["schemas"] = new JsonArray(Vocabulary.Core) };
        foreach (var (name, value) in account.Attributes)
        {
            if (value is not null && !s_serverOwned.Contains(name, StringComparer.OrdinalIgnoreCase))
                body[Vocabulary.ToTarget(name)] = Vocabulary.ToTarget(name, null, value);
        }

        if (ScimAttributes.Find(body, "externalId") is null)
            body["externalId"] = account.OwnershipMarker;
        ScimResource.Announce(body);
        return body;
    }

    /// <summary>Carries out changes on a resource that was read.</summary>
    public static void Merge(JsonObject resource, IEnumerable<AttributeChange> changes)
    {
        foreach (var change in changes)
        {
            var name = Vocabulary.ToTarget(change.Attribute);
            var value = Vocabulary.ToTarget(change.Attribute, change.SubAttribute, change.Value);
            var owner = resource;
            if (change.SubAttribute is { } sub)
            {
                var actual = ScimAttributes.ActualName(resource, name) ?? name;
                if (resource[actual] is not JsonObject complex)
                    resource[actual] = complex = [];
                (owner, name) = (complex, sub);
            }

            name = ScimAttributes.ActualName(owner, name) ?? name;
            if (value is null)
                owner.Remove(name);
            else
                owner[name] = value;
        }
    }

    /// <summary>Adds and removes members of a group that was read.</summary>
    public static void Merge(JsonObject group, MembershipDelta members)
    {
        var actual = ScimAttributes.ActualName(group, "members") ?? "members";
        var after = Members(group).Except(members.Remove).Union(members.Add);
        group[actual] = new JsonArray([.. after.Select(id => (JsonNode)new JsonObject { ["value"] = id })]);
    }

    public static IReadOnlyList<string> Members(JsonObject group) =>
        [.. ScimPage.Members(group).Select(ScimPage.MemberId).Distinct(StringComparer.Ordinal)];
}
