using System.Text.Json.Nodes;

namespace Provisioning.Scim;

/// <summary>Bodies of answers to queries (RFC 7644, section 3.4.2).</summary>
public static class ScimListResponse
{
    /// <summary>Builds the body of one page.</summary>
    /// <param name="resources">The resources of the page; each must have no parent.</param>
    /// <param name="totalResults">How many resources match on all pages.</param>
    /// <param name="startIndex">The 1-based index of the first resource of the page.</param>
    public static JsonObject Create(IEnumerable<JsonObject> resources, long totalResults, long startIndex = 1)
    {
        var page = new JsonArray();
        foreach (var resource in resources) page.Add((JsonNode)resource);
        return new JsonObject
        {
            ["schemas"] = new JsonArray(JsonValue.Create(ScimSchemas.ListResponse)),
            ["totalResults"] = totalResults,
            ["startIndex"] = startIndex,
            ["itemsPerPage"] = page.Count,
            ["Resources"] = page,
        };
    }
}
