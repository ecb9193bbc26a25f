using System.Globalization;
using System.Text.Json.Nodes;

namespace Provisioning.Scim;

/// <summary>Bodies of errors (RFC 7644, section 3.12).</summary>
public static class ScimError
{
    /// <summary>The body of an error. The status is a string, as the standard has it.</summary>
    public static JsonObject ToJson(int status, string? scimType, string? detail)
    {
        var body = new JsonObject
        {
            ["schemas"] = new JsonArray(JsonValue.Create(ScimSchemas.Error)),
            ["status"] = status.ToString(CultureInfo.InvariantCulture),
        };
        if (scimType is not null) body["scimType"] = scimType;
        if (detail is not null) body["detail"] = detail;
        return body;
    }

    /// <summary>The body of an error for an exception.</summary>
    public static JsonObject ToJson(ScimException exception) => ToJson(exception.Status, exception.ScimType, exception.Detail);
}
