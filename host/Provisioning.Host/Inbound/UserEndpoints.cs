using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Provisioning.Core.Ledger;
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
        users.MapPut("/{id}", (string id, HttpContext http, UserWriter writer, CancellationToken ct) => ReplaceAsync(id, http, writer, patch: false, ct));
        users.MapPatch("/{id}", (string id, HttpContext http, UserWriter writer, CancellationToken ct) => ReplaceAsync(id, http, writer, patch: true, ct));
        users.MapDelete("/{id}", DeleteAsync);
    }

    private static async Task<IResult> CreateAsync(HttpContext http, UserWriter writer, CancellationToken cancellationToken)
    {
        var attributes = ScimUser.Writable(await ScimBody.ReadAsync(http.Request, cancellationToken));
        var result = await writer.InsertAsync(attributes, Caller.Of(http).ServiceProvider, Trigger.Inbound, cancellationToken);
        return await AnswerAsync(http, writer, result, 201, cancellationToken);
    }

    private static async Task<IResult> GetAsync(string id, HttpContext http, UserWriter writer, CancellationToken cancellationToken)
    {
        var user = await writer.FindAsync(id, Caller.Of(http), cancellationToken);
        http.Response.Headers.ETag = ScimUser.ETag(user.Version);
        if (http.Request.Headers.IfNoneMatch.ToString() == ScimUser.ETag(user.Version))
            return Results.StatusCode(304);
        return ScimResults.Json(ScimUser.ToResource(user, await writer.GroupsOfAsync(user.Id, cancellationToken), BaseUrl(http)));
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, UserWriter writer, string? filter, int? startIndex, int? count, CancellationToken cancellationToken)
    {
        var page = await writer.ListAsync(Caller.Of(http), filter, Math.Max(startIndex ?? 1, 1), Math.Clamp(count ?? 100, 0, 500), cancellationToken);
        return ScimResults.List([.. page.Users.Select(x => ScimUser.ToResource(x, [], BaseUrl(http)))], page.Total, Math.Max(startIndex ?? 1, 1));
    }

    private static async Task<IResult> ReplaceAsync(string id, HttpContext http, UserWriter writer, bool patch, CancellationToken cancellationToken)
    {
        var body = await ScimBody.ReadAsync(http.Request, cancellationToken);
        var user = await writer.FindAsync(id, Caller.Of(http), cancellationToken);
        CheckIfMatch(http, user.Version);
        var attributes = ScimUser.Writable(patch ? ScimPatch.Apply(user.Attributes, body) : body);
        var result = await writer.UpdateAsync(user, attributes, Trigger.Inbound, cancellationToken);
        return await AnswerAsync(http, writer, result, 200, cancellationToken);
    }

    private static async Task<IResult> DeleteAsync(string id, HttpContext http, UserWriter writer, CancellationToken cancellationToken)
    {
        var user = await writer.FindAsync(id, Caller.Of(http), cancellationToken);
        CheckIfMatch(http, user.Version);
        var result = await writer.DeleteAsync(user, cancellationToken);
        return Failure(result) ?? Results.NoContent();
    }

    internal static void CheckIfMatch(HttpContext http, long version)
    {
        var expected = http.Request.Headers.IfMatch.ToString();
        if (expected.Length > 0 && expected != "*" && expected != ScimUser.ETag(version))
            throw new ScimException(412, null, $"the version is {ScimUser.ETag(version)}, not {expected}; read it again");
    }

    internal static string BaseUrl(HttpContext http) => $"{http.Request.Scheme}://{http.Request.Host}";

    private static async Task<IResult> AnswerAsync(
        HttpContext http, UserWriter writer, SubmissionResult result, int status, CancellationToken cancellationToken)
    {
        var location = $"{BaseUrl(http)}/scim/v2/Users/{result.User.Id}";
        http.Response.Headers.Location = location;
        http.Response.Headers.ETag = ScimUser.ETag(result.User.Version);
        if (Failure(result) is { } failure)
            return failure;
        var groups = status == 201 ? [] : await writer.GroupsOfAsync(result.User.Id, cancellationToken);
        return ScimResults.Json(ScimUser.ToResource(result.User, groups, BaseUrl(http)), status);
    }

    // The user is stored and the work goes on; only the answer is a failure, because the caller asked to wait for the outcome.
    private static IResult? Failure(SubmissionResult result)
    {
        if (!result.AnyFailed && !result.AnyTimedOut)
            return null;
        var status = result.AnyFailed ? 502 : 504;
        var names = string.Join(", ", result.Outcomes.Where(x => x.Failure is not null || x.TimedOut).Select(x => x.Assignment.IdentityProvider));
        var detail = status == 502 ? $"the user is stored, but provisioning failed at {names}" : $"the user is stored, but {names} did not finish in time";
        var body = ScimResults.ErrorBody(status, null, $"{detail}; it will be retried");
        body["id"] = result.User.Id;
        body[OutcomeJson.Extension] = OutcomeJson.Of(result.Outcomes);
        return ScimResults.Json(body, status);
    }
}
