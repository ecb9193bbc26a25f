using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Provisioning.Core.Pipeline;
using Provisioning.Core.Users;
using Provisioning.Host.Composition;
using Provisioning.Scim;

namespace Provisioning.Host.Inbound;

/// <summary><c>/scim/v2/Users</c> (RFC 7644, section 3).</summary>
internal static class UserEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var users = routes.MapGroup("/scim/v2/Users").AddEndpointFilter<LargeBodies>();
        users.MapPost("/", CreateAsync);
        users.MapMethods("/", Reading, ListAsync);
        users.MapPost("/.search", ListAsync);
        users.MapMethods("/{id}", Reading, GetAsync);
        users.MapPut("/{id}", (string id, HttpContext http, UserWriter writer, CancellationToken ct) => WriteAsync(id, http, writer, patch: false, ct));
        users.MapPatch("/{id}", (string id, HttpContext http, UserWriter writer, CancellationToken ct) => WriteAsync(id, http, writer, patch: true, ct));
        users.MapDelete("/{id}", DeleteAsync);
    }

    /// <summary>A server that reads for GET answers HEAD without a body (RFC 9110, section 9.3.2).</summary>
    internal static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Where clients find the host: its public address if it has one, else what the client named.</summary>
    internal static string BaseUrl(HttpContext http) => PublicAddress.Of(http.RequestServices.GetRequiredService<HostSettings>(), http.Request);

    private static async Task<IResult> CreateAsync(HttpContext http, UserWriter writer, CancellationToken cancellationToken)
    {
        var body = await ScimBody.ReadAsync(http.Request, cancellationToken);
        var result = await writer.InsertAsync(writer.Writable(body), Caller.Of(http).ServiceProvider, ScimUser.FirstPassword(body), cancellationToken);
        return Answer(http, result, [], 201);
    }

    private static async Task<IResult> GetAsync(string id, HttpContext http, UserWriter writer, CancellationToken cancellationToken)
    {
        var user = await writer.FindAsync(id, Caller.Of(http), cancellationToken);
        http.Response.Headers.ETag = ScimUser.ETag(user.Version);
        http.Response.Headers.ContentLocation = $"{BaseUrl(http)}/scim/v2/Users/{user.Id}";
        if (Preconditions.IsCurrent(http, user.Version))
            return Results.StatusCode(304);
        var groups = await writer.GroupsOfAsync(user.Id, Caller.Of(http), cancellationToken);
        return ScimResults.Json(Projection.Of(http.Request).Apply(ScimUser.ToResource(user, groups, BaseUrl(http))));
    }

    private static async Task<IResult> ListAsync(HttpContext http, UserSearch search, UserWriter writer, MemoryGates gates, CancellationToken cancellationToken)
    {
        var (query, caller) = (await ListQuery.ReadAsync(http.Request, cancellationToken), Caller.Of(http));
        using var place = UserSearch.IsLookUp(query) ? null : await gates.EnterListAsync(caller, cancellationToken);
        var page = await search.RunAsync(caller, query, BaseUrl(http), cancellationToken);
        var groups = query.Projection.Wants("groups") ? await writer.GroupsOfAsync([.. page.Items.Select(x => x.Id)], cancellationToken) : null;
        return await gates.RunPartAsync(
            () => Task.FromResult(ScimResults.List(
                [.. page.Items.Select(x => query.Projection.Apply(
                    ScimUser.ToResource(x, groups is null ? [] : [.. groups[x.Id].Where(caller.Sees)], BaseUrl(http))))],
                page,
                query)),
            cancellationToken);
    }

    private static async Task<IResult> WriteAsync(string id, HttpContext http, UserWriter writer, bool patch, CancellationToken cancellationToken)
    {
        var body = await ScimBody.ReadAsync(http.Request, cancellationToken);
        var caller = Caller.Of(http);
        var result = await writer.WriteAsync(id, body, patch, caller, Preconditions.Expected(http), cancellationToken);

        // A patch that changes nothing (RFC 7644, section 3.5.2).
        if (result is null)
            return Results.NoContent();
        return Answer(http, result, await writer.GroupsOfAsync(result.User.Id, caller, cancellationToken), 200);
    }

    private static async Task<IResult> DeleteAsync(string id, HttpContext http, UserWriter writer, CancellationToken cancellationToken)
    {
        var result = await writer.DeleteAsync(id, Caller.Of(http), Preconditions.Expected(http), cancellationToken);
        return BlockingFailure.Of(result, "the user is deleted here") ?? Results.NoContent();
    }

    private static IResult Answer(HttpContext http, SubmissionResult result, IReadOnlyList<GroupReference> groups, int status)
    {
        var user = Caller.Of(http).See(result.User)!;
        var location = $"{BaseUrl(http)}/scim/v2/Users/{user.Id}";
        (http.Response.Headers.Location, http.Response.Headers.ContentLocation) = (location, location);
        http.Response.Headers.ETag = ScimUser.ETag(user.Version);
        return BlockingFailure.Of(result, "the user is stored")
            ?? ScimResults.Json(OutcomeJson.AddPasswords(Projection.Of(http.Request).Apply(ScimUser.ToResource(user, groups, BaseUrl(http))), result.Outcomes), status);
    }
}
