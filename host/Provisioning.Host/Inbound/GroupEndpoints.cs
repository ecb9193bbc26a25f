using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Provisioning.Core.Ledger;
using Provisioning.Core.Pipeline;
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
        groups.MapPut("/{id}", (string id, HttpContext http, IUserStore users, GroupPipeline pipeline, TimeProvider time, CancellationToken ct) => ReplaceAsync(id, http, users, pipeline, time, false, ct));
        groups.MapPatch("/{id}", (string id, HttpContext http, IUserStore users, GroupPipeline pipeline, TimeProvider time, CancellationToken ct) => ReplaceAsync(id, http, users, pipeline, time, true, ct));
        groups.MapDelete("/{id}", DeleteAsync);
    }

    private static async Task<IResult> CreateAsync(HttpContext http, GroupPipeline pipeline, TimeProvider time, CancellationToken cancellationToken)
    {
        var (name, attributes, members) = ScimGroup.Read(await ScimBody.ReadAsync(http.Request, cancellationToken));
        var now = time.GetUtcNow();
        var group = new Group(Guid.CreateVersion7().ToString(), name, attributes, members, [Caller.Of(http).ServiceProvider.Name], 1, now, now);
        await pipeline.SubmitAsync(group, WriteKind.Insert, cancellationToken);
        return Answer(http, group, 201);
    }

    private static async Task<IResult> GetAsync(string id, HttpContext http, IUserStore users, CancellationToken cancellationToken) =>
        Answer(http, await FindAsync(id, http, users, cancellationToken), 200);

    private static async Task<IResult> ListAsync(
        HttpContext http, IUserStore users, string? filter, int? startIndex, int? count, CancellationToken cancellationToken)
    {
        var (caller, first, max) = (Caller.Of(http), Math.Max(startIndex ?? 1, 1), Math.Clamp(count ?? 100, 0, 500));
        var parsed = filter is null ? null : ScimFilter.Parse(filter);
        var withMembers = !http.Request.Query["excludedAttributes"].ToString().Contains("members", StringComparison.OrdinalIgnoreCase);
        var page = new List<JsonObject>();
        long total = 0;
        string? after = null;
        while (await users.ListGroupsAsync(after, 200, cancellationToken) is { Count: > 0 } batch)
        {
            foreach (var group in batch.Where(x => caller.Sees(x.ServiceProviders) && parsed?.Matches(x.Attributes) != false))
                if (++total >= first && page.Count < max)
                    page.Add(ScimGroup.ToResource(group, UserEndpoints.BaseUrl(http), withMembers));
            after = batch[^1].Id;
        }

        return ScimResults.List(page, total, first);
    }

    private static async Task<IResult> ReplaceAsync(
        string id, HttpContext http, IUserStore users, GroupPipeline pipeline, TimeProvider time, bool patch, CancellationToken cancellationToken)
    {
        var body = await ScimBody.ReadAsync(http.Request, cancellationToken);
        var group = await FindAsync(id, http, users, cancellationToken);
        UserEndpoints.CheckIfMatch(http, group.Version);
        var (name, attributes, members) = ScimGroup.Read(patch ? ScimPatch.Apply(ScimGroup.ToResource(group, ""), body) : body);
        var next = group with
        {
            DisplayName = name, Attributes = attributes, Members = members, Version = group.Version + 1, Modified = time.GetUtcNow(),
        };
        await pipeline.SubmitAsync(next, WriteKind.Update, cancellationToken);
        return Answer(http, next, 200);
    }

    private static async Task<IResult> DeleteAsync(
        string id, HttpContext http, IUserStore users, GroupPipeline pipeline, CancellationToken cancellationToken)
    {
        var group = await FindAsync(id, http, users, cancellationToken);
        UserEndpoints.CheckIfMatch(http, group.Version);
        await pipeline.SubmitAsync(group, WriteKind.Delete, cancellationToken);
        return Results.NoContent();
    }

    private static async Task<Group> FindAsync(string id, HttpContext http, IUserStore users, CancellationToken cancellationToken) =>
        await users.FindGroupAsync(id, cancellationToken) is { } group && Caller.Of(http).Sees(group.ServiceProviders)
            ? group
            : throw new ScimException(404, null, $"there is no group '{id}'");

    private static IResult Answer(HttpContext http, Group group, int status)
    {
        http.Response.Headers.Location = $"{UserEndpoints.BaseUrl(http)}/scim/v2/Groups/{group.Id}";
        http.Response.Headers.ETag = ScimUser.ETag(group.Version);
        return ScimResults.Json(ScimGroup.ToResource(group, UserEndpoints.BaseUrl(http)), status);
    }
}
