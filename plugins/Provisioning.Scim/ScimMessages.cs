using System.Globalization;
using System.Text.Json.Nodes;

namespace Provisioning.Scim;

/// <summary>Builds the messages of RFC 7644.</summary>
public static class ScimMessages
{
    /// <summary>An error message.</summary>
    public static JsonObject Error(int status, string? scimType, string detail)
    {
        // The status is a string on the wire (RFC 7644, 3.12).
        var error = new JsonObject
        {
            ["schemas"] = new JsonArray(ScimSchemas.Error),
            ["status"] = status.ToString(CultureInfo.InvariantCulture),
        };
        if (scimType is not null)
            error["scimType"] = scimType;
        error["detail"] = detail;
        return error;
    }

    /// <summary>A list response. Resources that have a parent already are copied.</summary>
    public static JsonObject List(IEnumerable<JsonObject> resources, long total, int startIndex)
    {
        ArgumentNullException.ThrowIfNull(resources);
        var page = new JsonArray();
        foreach (var resource in resources)
            page.Add((JsonNode)(resource.Parent is null ? resource : resource.DeepClone()));
        return new JsonObject
        {
            ["schemas"] = new JsonArray(ScimSchemas.ListResponse),
            ["totalResults"] = total,
            ["startIndex"] = startIndex,
            ["itemsPerPage"] = page.Count,
            ["Resources"] = page,
        };
    }
}
