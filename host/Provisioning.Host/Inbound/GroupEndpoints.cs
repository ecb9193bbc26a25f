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
        var groups = routes.MapGroup("/scim/v2/Groups").AddEndpointFilter<Guard>();
        groups.MapPost("/", CreateAsync);
        groups.MapGet("/", ListAsync);
        groups.MapGet("/{id}", GetAsync);
        groups.MapPut("/{id}", (string id, HttpContext http, GroupWriter writer, CancellationToken ct) => WriteAsync(id, http, writer, patch: false, ct));
        groups.MapPatch("/{id}", (string id, HttpContext http, GroupWriter writer, CancellationToken ct) => WriteAsync(id, http, writer, patch: true, ct));
        groups.MapDelete("/{id}", DeleteAsync);
    }

    private static async Task<IResult> CreateAsync(HttpContext http, GroupWriter writer, CancellationToken cancellationToken) =>
        Answer(http, await writer.InsertAsync(await BodyAsync(http, cancellationToken), Caller.Of(http), cancellationToken), 201);

    private static async Task<IResult> GetAsync(string id, HttpContext http, GroupWriter writer, CancellationToken cancellationToken)
    {
        var group = await writer.FindAsync(id, Caller.Of(http), cancellationToken);
        return Preconditions.IsCurrent(http, group.Version) ? Results.StatusCode(304) : Answer(http, group, 200);
    }

    private static async Task<IResult> ListAsync(HttpContext http, GroupSearch search, MemoryGates gates, CancellationToken cancellationToken)
    {
        var query = ListQuery.Of(http.Request);
        using var place = GroupSearch.IsLookUp(query) ? null : await gates.EnterListAsync(Caller.Of(http), cancellationToken);
        var page = await search.RunAsync(Caller.Of(http), query, cancellationToken);
        var (baseUrl, withMembers) = (UserEndpoints.BaseUrl(http), query.Projection.Wants("members"));
        return await gates.RunPartAsync(
            () => Task.FromResult(ScimResults.List(
                [.. page.Items.Select(x => query.Projection.Apply(ScimGroup.ToResource(x, baseUrl, withMembers)))], page.Total, query.StartIndex)),
            cancellationToken);
    }

    private static async Task<IResult> WriteAsync(string id, HttpContext http, GroupWriter writer, bool patch, CancellationToken cancellationToken)
    {
        var body = await BodyAsync(http, cancellationToken);
        return Answer(http, await Preconditions.WriteAsync(http, async () =>
        {
            var group = await writer.FindAsync(id, Caller.Of(http), cancellationToken);
            Preconditions.CheckIfMatch(http, group.Version);
            var wanted = patch ? ScimPatch.Apply(ScimGroup.ToPatch(group), body, cancellationToken) : body;
            return await writer.UpdateAsync(group, wanted, cancellationToken);
        }), 200);
    }

    private static async Task<IResult> DeleteAsync(string id, HttpContext http, GroupWriter writer, CancellationToken cancellationToken)
    {
        var group = await writer.FindAsync(id, Caller.Of(http), cancellationToken);
        Preconditions.CheckIfMatch(http, group.Version);
        await writer.DeleteAsync(group, cancellationToken);
        return Results.NoContent();
    }

    private static Task<JsonObject> BodyAsync(HttpContext http, CancellationToken cancellationToken) =>
        ScimBody.ReadAsync(http.Request, cancellationToken, ScimBody.MaxGroupBytes);

    private static IResult Answer(HttpContext http, Group group, int status)
    {
        var (baseUrl, projection) = (UserEndpoints.BaseUrl(http), Projection.Of(http.Request));
        http.Response.Headers.Location = $"{baseUrl}/scim/v2/Groups/{group.Id}";
        http.Response.Headers.ETag = ScimUser.ETag(group.Version);
        return ScimResults.Json(projection.Apply(ScimGroup.ToResource(group, baseUrl, projection.Wants("members"))), status);
    }
}
