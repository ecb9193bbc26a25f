using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Provisioning.Core.Users;
using Provisioning.Scim;

namespace Provisioning.Host.Inbound;

/// <summary><c>/scim/v2/Groups</c> (RFC 7644, section 3).</summary>
internal static class GroupEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var groups = routes.MapGroup("/scim/v2/Groups").AddEndpointFilter<LargeBodies>();
        groups.MapPost("/", CreateAsync);
        groups.MapMethods("/", UserEndpoints.Reading, ListAsync);
        groups.MapPost("/.search", ListAsync);
        groups.MapMethods("/{id}", UserEndpoints.Reading, GetAsync);
        groups.MapPut("/{id}", (string id, HttpContext http, GroupWriter writer, CancellationToken ct) => WriteAsync(id, http, writer, patch: false, ct));
        groups.MapPatch("/{id}", (string id, HttpContext http, GroupWriter writer, CancellationToken ct) => WriteAsync(id, http, writer, patch: true, ct));
        groups.MapDelete("/{id}", DeleteAsync);
    }

    private static async Task<IResult> CreateAsync(HttpContext http, GroupWriter writer, CancellationToken cancellationToken) =>
        Answer(http, await writer.InsertAsync(await BodyAsync(http, cancellationToken), Caller.Of(http), cancellationToken), 201);

    private static async Task<IResult> GetAsync(string id, HttpContext http, GroupWriter writer, CancellationToken cancellationToken)
    {
        var caller = Caller.Of(http);
        var group = Projection.Of(http.Request).Wants("members")
            ? await writer.FindAsync(id, caller, cancellationToken) : await writer.FindHeadAsync(id, caller, cancellationToken);
        return Preconditions.IsCurrent(http, group.Version) ? Results.StatusCode(304) : Answer(http, group, 200);
    }

    private static async Task<IResult> ListAsync(HttpContext http, GroupSearch search, MemoryGates gates, CancellationToken cancellationToken)
    {
        var query = await ListQuery.ReadAsync(http.Request, cancellationToken);
        using var place = GroupSearch.IsLookUp(query) ? null : await gates.EnterListAsync(Caller.Of(http), cancellationToken);
        var page = await search.RunAsync(Caller.Of(http), query, UserEndpoints.BaseUrl(http), cancellationToken);
        var (baseUrl, withMembers) = (UserEndpoints.BaseUrl(http), query.Projection.Wants("members"));
        return await gates.RunPartAsync(
            () => Task.FromResult(ScimResults.List(
                [.. page.Items.Select(x => query.Projection.Apply(ScimGroup.ToResource(x, baseUrl, withMembers)))], page, query)),
            cancellationToken);
    }

    private static async Task<IResult> WriteAsync(string id, HttpContext http, GroupWriter writer, bool patch, CancellationToken cancellationToken)
    {
        var body = await BodyAsync(http, cancellationToken);
        var written = await writer.WriteAsync(id, body, patch, Caller.Of(http), Preconditions.Expected(http), cancellationToken);

        // A group may have very many members: whoever changes one of them is not sent all (RFC 7644, section 3.5.2), unless that was asked for.
        if (Projection.Of(http.Request) is var projection && (!patch || projection.IsGiven))
            return Answer(http, written is Group || !projection.Wants("members") ? written : await writer.FindAsync(id, Caller.Of(http), cancellationToken), 200);
        Describe(http, written);
        return Results.NoContent();
    }

    private static async Task<IResult> DeleteAsync(string id, HttpContext http, GroupWriter writer, CancellationToken cancellationToken)
    {
        await writer.DeleteAsync(id, Caller.Of(http), Preconditions.Expected(http), cancellationToken);
        return Results.NoContent();
    }

    private static Task<JsonObject> BodyAsync(HttpContext http, CancellationToken cancellationToken) =>
        ScimBody.ReadAsync(http.Request, cancellationToken, ScimBody.MaxGroupBytes);

    private static IResult Answer(HttpContext http, GroupHead group, int status)
    {
        var (baseUrl, projection) = (UserEndpoints.BaseUrl(http), Projection.Of(http.Request));
        Describe(http, group);
        return ScimResults.Json(projection.Apply(ScimGroup.ToResource(group, baseUrl, projection.Wants("members"))), status);
    }

    private static void Describe(HttpContext http, GroupHead group)
    {
        var location = $"{UserEndpoints.BaseUrl(http)}/scim/v2/Groups/{group.Id}";
        (http.Response.Headers.Location, http.Response.Headers.ContentLocation) = (location, location);
        http.Response.Headers.ETag = ScimUser.ETag(group.Version);
    }
}
