using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Provisioning.Core.Pipeline;
using Provisioning.Core.Users;
using Provisioning.Scim;

namespace Provisioning.Host.Inbound;

/// <summary><c>/scim/v2/Users</c> (RFC 7644, section 3).</summary>
internal static class UserEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var users = routes.MapGroup("/scim/v2/Users").AddEndpointFilter<Guard>();
        users.MapPost("/", CreateAsync);
        users.MapGet("/", ListAsync);
        users.MapGet("/{id}", GetAsync);
        users.MapPut("/{id}", (string id, HttpContext http, UserWriter writer, CancellationToken ct) => WriteAsync(id, http, writer, patch: false, ct));
        users.MapPatch("/{id}", (string id, HttpContext http, UserWriter writer, CancellationToken ct) => WriteAsync(id, http, writer, patch: true, ct));
        users.MapDelete("/{id}", DeleteAsync);
    }

    internal static string BaseUrl(HttpContext http) => $"{http.Request.Scheme}://{http.Request.Host}";

    private static async Task<IResult> CreateAsync(HttpContext http, UserWriter writer, CancellationToken cancellationToken)
    {
        var attributes = ScimUser.Writable(await ScimBody.ReadAsync(http.Request, cancellationToken));
        var result = await writer.InsertAsync(attributes, Caller.Of(http).ServiceProvider, cancellationToken);
        return Answer(http, result, [], 201);
    }

    private static async Task<IResult> GetAsync(string id, HttpContext http, UserWriter writer, CancellationToken cancellationToken)
    {
        var user = await writer.FindAsync(id, Caller.Of(http), cancellationToken);
        http.Response.Headers.ETag = ScimUser.ETag(user.Version);
        if (Preconditions.IsCurrent(http, user.Version))
            return Results.StatusCode(304);
        var groups = await writer.GroupsOfAsync(user.Id, Caller.Of(http), cancellationToken);
        return ScimResults.Json(Projection.Of(http.Request).Apply(ScimUser.ToResource(user, groups, BaseUrl(http))));
    }

    private static async Task<IResult> ListAsync(HttpContext http, UserSearch search, UserWriter writer, MemoryGates gates, CancellationToken cancellationToken)
    {
        var (query, caller) = (ListQuery.Of(http.Request), Caller.Of(http));
        using var place = UserSearch.IsLookUp(query) ? null : await gates.EnterListAsync(caller, cancellationToken);
        var page = await search.RunAsync(caller, query, cancellationToken);
        var groups = query.Projection.Wants("groups") ? await writer.GroupsOfAsync([.. page.Items.Select(x => x.Id)], cancellationToken) : null;
        return await gates.RunPartAsync(
            () => Task.FromResult(ScimResults.List(
                [.. page.Items.Select(x => query.Projection.Apply(
                    ScimUser.ToResource(x, groups is null ? [] : [.. groups[x.Id].Where(caller.Sees)], BaseUrl(http))))],
                page.Total,
                query.StartIndex)),
            cancellationToken);
    }

    private static async Task<IResult> WriteAsync(string id, HttpContext http, UserWriter writer, bool patch, CancellationToken cancellationToken)
    {
        var body = await ScimBody.ReadAsync(http.Request, cancellationToken);
        var caller = Caller.Of(http);
        var result = await Preconditions.WriteAsync(http, async () =>
        {
            var user = await writer.FindAsync(id, caller, cancellationToken);
            Preconditions.CheckIfMatch(http, user.Version);
            var attributes = ScimUser.Writable(patch ? ScimPatch.Apply(ScimUser.ToPatch(user), body, cancellationToken) : body, user.Attributes);

            // A request without 'active' leaves the user active or inactive as before: a partial PUT must not bring a leaver back.
            if (attributes["active"] is null && user.Attributes["active"] is { } active)
                attributes["active"] = active.DeepClone();
            return patch && JsonNode.DeepEquals(attributes, user.Attributes)
                ? null
                : await writer.UpdateAsync(user, attributes, caller, cancellationToken);
        });

        // A patch that changes nothing (RFC 7644, section 3.5.2).
        if (result is null)
            return Results.NoContent();
        return Answer(http, result, await writer.GroupsOfAsync(result.User.Id, caller, cancellationToken), 200);
    }

    private static async Task<IResult> DeleteAsync(string id, HttpContext http, UserWriter writer, CancellationToken cancellationToken)
    {
        var caller = Caller.Of(http);
        var result = await Preconditions.WriteAsync(http, async () =>
        {
            var user = await writer.FindAsync(id, caller, cancellationToken);
            Preconditions.CheckIfMatch(http, user.Version);
            return await writer.DeleteAsync(user.User, caller, cancellationToken);
        });
        return BlockingFailure.Of(result, "the user is deleted here") ?? Results.NoContent();
    }

    private static IResult Answer(HttpContext http, SubmissionResult result, IReadOnlyList<GroupReference> groups, int status)
    {
        var user = Caller.Of(http).See(result.User)!;
        http.Response.Headers.Location = $"{BaseUrl(http)}/scim/v2/Users/{user.Id}";
        http.Response.Headers.ETag = ScimUser.ETag(user.Version);
        return BlockingFailure.Of(result, "the user is stored")
            ?? ScimResults.Json(Projection.Of(http.Request).Apply(ScimUser.ToResource(user, groups, BaseUrl(http))), status);
    }
}
