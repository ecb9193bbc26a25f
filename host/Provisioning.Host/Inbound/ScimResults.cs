using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Provisioning.Core.Users;
using Provisioning.Scim;

namespace Provisioning.Host.Inbound;

/// <summary>Answers in SCIM form (RFC 7644, sections 3.4.2 and 3.12).</summary>
internal static class ScimResults
{
    public const string MediaType = "application/scim+json";

    // The answers are no HTML: an apostrophe may be one.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IResult Json(JsonObject body, int status = 200) => Results.Text(body.ToJsonString(Readable), MediaType, statusCode: status);

    public static IResult Error(int status, string? scimType, string detail) => Json(ErrorBody(status, scimType, detail), status);

    public static JsonObject ErrorBody(int status, string? scimType, string detail)
    {
        var error = new JsonObject
        {
            ["schemas"] = new JsonArray(ScimSchemas.Error),
            ["status"] = status.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["detail"] = detail,
        };
        if (scimType is not null)
            error["scimType"] = scimType;
        return error;
    }

    public static IResult List(IReadOnlyList<JsonObject> resources, long total, int startIndex) => Json(ListBody(resources, total, startIndex, null));

    /// <summary>A page of a list, with where the next one begins if that was asked for.</summary>
    public static IResult List<T>(IReadOnlyList<JsonObject> resources, Page<T> page, ListQuery query) =>
        Json(ListBody(resources, page.Total, query.Cursor is null ? query.StartIndex : null, page.Next));

    private static JsonObject ListBody(IReadOnlyList<JsonObject> resources, long total, int? startIndex, string? next)
    {
        var body = new JsonObject { ["schemas"] = new JsonArray(ScimSchemas.ListResponse), ["totalResults"] = total };
        if (startIndex is { } start)
            body["startIndex"] = start;
        if (next is not null)
            body["nextCursor"] = next;
        body["itemsPerPage"] = resources.Count;
        body["Resources"] = new JsonArray([.. resources]);
        return body;
    }
}
