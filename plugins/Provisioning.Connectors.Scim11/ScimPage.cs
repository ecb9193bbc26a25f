using System.Text.Json.Nodes;
using Provisioning.Http;
using Provisioning.Scim;

namespace Provisioning.Connectors.Scim11;

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

    /// <summary>The resources of an answer that has to show all that matches.</summary>
    public static IReadOnlyList<JsonObject> Matches(JsonObject page)
    {
        var found = Listed(page);
        return found.Count > 0 || ScimResource.Total(page) is null or <= 0 ? found
            : throw new ConnectorException(FailureKind.Transient, $"the target says that {ScimResource.Total(page)} objects match, and shows none");
    }

    /// <summary>The id of a resource, or null when it has none that can be kept.</summary>
    public static string? Id(JsonObject resource) => Addresses.Id(ScimResource.Id(resource));
}
