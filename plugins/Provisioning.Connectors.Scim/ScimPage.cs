using System.Text.Json.Nodes;
using Provisioning.Http;
using Provisioning.Scim;

namespace Provisioning.Connectors.Scim;

/// <summary>One page of a query, as far as it is one.</summary>
internal static class ScimPage
{
    /// <summary>The resources of a page.</summary>
    /// <exception cref="ConnectorException">When the answer is no list of resources, or not whole: a resource that is left out counts as gone.</exception>
    public static IReadOnlyList<JsonObject> Listed(JsonObject page)
    {
        if (ScimAttributes.Find(page, "Resources") is { } resources)
            return JsonText.Listed(resources);
        return ScimResource.Total(page) is not null ? []
            : throw new ConnectorException(FailureKind.Misconfigured, "the answer to a query is JSON, but no SCIM listing; check baseUrl");
    }

    /// <summary>Whether a page shows all that matches; a target that ignores filters may show what is looked for on a later one.</summary>
    public static bool IsWhole(JsonObject page) =>
        !(ScimResource.Total(page) > Listed(page).Count) && ScimResource.Text(page, "nextCursor") is not { Length: > 0 };

    /// <summary>The members of a group; none when it has no list of them.</summary>
    /// <exception cref="ConnectorException">When they are something else than a list of objects: a member that is left out counts as none.</exception>
    public static IReadOnlyList<JsonObject> Members(JsonObject group) => ScimAttributes.Find(group, "members") is { } members ? JsonText.Listed(members) : [];

    /// <summary>Who a member is.</summary>
    /// <exception cref="ConnectorException">When the member has no id that can be kept.</exception>
    public static string MemberId(JsonObject member) => Addresses.Id(ScimResource.Text(member, "value"))
        ?? throw new ConnectorException(FailureKind.Transient, "the group has a member without an id that can be kept");

    /// <summary>The id of a resource, or null when it has none that can be kept.</summary>
    public static string? Id(JsonObject resource) => Addresses.Id(ScimResource.Id(resource));
}
