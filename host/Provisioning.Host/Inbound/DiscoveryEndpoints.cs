using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Provisioning.Core.Configuration;
using Provisioning.Host.Security;
using Provisioning.Scim;

namespace Provisioning.Host.Inbound;

/// <summary>What this server can do: <c>ServiceProviderConfig</c>, <c>ResourceTypes</c>, <c>Schemas</c> (RFC 7644, section 4).</summary>
internal static class DiscoveryEndpoints
{
    private static readonly string[] Known = ["Users", "Groups", "Bulk", "ServiceProviderConfig", "ResourceTypes", "Schemas"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var scim = routes.MapGroup("/scim/v2");
        scim.MapMethods("/ServiceProviderConfig", UserEndpoints.Reading, (HttpContext http) => ScimResults.Json(ServiceProviderConfig(UserEndpoints.BaseUrl(http))));
        scim.MapMethods("/ResourceTypes", UserEndpoints.Reading, (HttpContext http, IConfigurationSource configuration) => List(http, ResourceTypes(configuration, http)));
        scim.MapMethods("/ResourceTypes/{id}", UserEndpoints.Reading, (string id, HttpContext http, IConfigurationSource configuration) => One(ResourceTypes(configuration, http), id, "resource type"));
        scim.MapMethods("/Schemas", UserEndpoints.Reading, (HttpContext http, IConfigurationSource configuration) => List(http, Schemas(configuration, http)));
        scim.MapMethods("/Schemas/{id}", UserEndpoints.Reading, (string id, HttpContext http, IConfigurationSource configuration) => One(Schemas(configuration, http), id, "schema"));
        scim.Map("/Me", () => ScimResults.Error(501, null, "the caller is an application, and no user"));
        // Whatever else is asked for below this path gets its answer in SCIM form too.
        scim.Map("/{first}/{**rest}", (string first, string? rest, HttpContext http) => Known.Contains(first, StringComparer.OrdinalIgnoreCase) && IsPlace(first, rest)
            ? NotAllowed(http, first)
            : ScimResults.Error(404, null, $"there is no '{http.Request.Path}' here"));
    }

    // Below a resource there is nothing, and some have nothing below them.
    private static bool IsPlace(string first, string? rest) =>
        string.IsNullOrEmpty(rest) || (!rest.TrimEnd('/').Contains('/', StringComparison.Ordinal) && first.ToUpperInvariant() is not ("BULK" or "SERVICEPROVIDERCONFIG"));

    // What is possible is named (RFC 9110, section 15.5.6).
    private static IResult NotAllowed(HttpContext http, string first)
    {
        var isResource = first.ToUpperInvariant() is "USERS" or "GROUPS";
        var isWhole = http.Request.Path.Value!.TrimEnd('/').Count(x => x == '/') == 3;
        http.Response.Headers.Allow = first.Equals("Bulk", StringComparison.OrdinalIgnoreCase) ? "POST" : !isResource ? "GET, HEAD" : isWhole ? "GET, HEAD, POST" : "GET, HEAD, PUT, PATCH, DELETE";
        return ScimResults.Error(405, null, $"{http.Request.Method} is not possible at '{http.Request.Path}'");
    }

    private static JsonObject ServiceProviderConfig(string baseUrl) => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"),
        ["patch"] = Supported(true),
        ["bulk"] = new JsonObject { ["supported"] = true, ["maxOperations"] = BulkEndpoint.MaxOperations, ["maxPayloadSize"] = ScimBody.MaxBytes },
        ["filter"] = new JsonObject { ["supported"] = true, ["maxResults"] = ListQuery.MaxCount },
        ["changePassword"] = Supported(false),
        ["sort"] = Supported(true),
        ["etag"] = Supported(true),
        ["pagination"] = new JsonObject
        {
            ["cursor"] = true, ["index"] = true, ["defaultPaginationMethod"] = "index", ["defaultPageSize"] = ListQuery.DefaultCount, ["maxPageSize"] = ListQuery.MaxCount,
        },
        ["authenticationSchemes"] = new JsonArray(
            new JsonObject
            {
                ["type"] = "oauthbearertoken", ["name"] = "bearer token", ["description"] = "the token of a service provider", ["primary"] = true,
            },
            new JsonObject
            {
                ["type"] = "oauth2", ["name"] = "client credentials", ["description"] = $"an access token, which {baseUrl}{TokenEndpoint.Path} gives for the name and the token of a service provider",
            }),
        ["meta"] = new JsonObject
        {
            ["resourceType"] = "ServiceProviderConfig", ["location"] = $"{baseUrl}/scim/v2/ServiceProviderConfig",
        },
    };

    private static IReadOnlyList<JsonObject> Schemas(IConfigurationSource configuration, HttpContext http) =>
        SchemaDocuments.All(configuration.Current.Extensions, UserEndpoints.BaseUrl(http));

    private static IReadOnlyList<JsonObject> ResourceTypes(IConfigurationSource configuration, HttpContext http)
    {
        var baseUrl = UserEndpoints.BaseUrl(http);
        var user = ResourceType("User", "/Users", ScimSchemas.User, baseUrl);
        user["schemaExtensions"] = new JsonArray(
            [.. configuration.Current.Extensions.Select(x => new JsonObject { ["schema"] = x.Id, ["required"] = false })]);
        return [user, ResourceType("Group", "/Groups", ScimSchemas.Group, baseUrl)];
    }

    private static JsonObject ResourceType(string name, string endpoint, string schema, string baseUrl) => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:ResourceType"),
        ["id"] = name,
        ["name"] = name,
        ["description"] = schema == ScimSchemas.User ? StandardSchemas.User.Description : StandardSchemas.Group.Description,
        ["endpoint"] = endpoint,
        ["schema"] = schema,
        ["meta"] = new JsonObject { ["resourceType"] = "ResourceType", ["location"] = $"{baseUrl}/scim/v2/ResourceTypes/{name}" },
    };

    private static JsonObject Supported(bool supported) => new() { ["supported"] = supported };

    private static IResult List(HttpContext http, IReadOnlyList<JsonObject> resources) => http.Request.Query.ContainsKey("filter")
        ? ScimResults.Error(403, null, "this list cannot be filtered")
        : ScimResults.List(resources, resources.Count, 1);

    private static IResult One(IReadOnlyList<JsonObject> resources, string id, string kind) =>
        resources.FirstOrDefault(x => x["id"]!.ToString().Equals(id, StringComparison.OrdinalIgnoreCase)) is { } found
            ? ScimResults.Json(found)
            : ScimResults.Error(404, null, $"there is no {kind} '{id}'");
}
