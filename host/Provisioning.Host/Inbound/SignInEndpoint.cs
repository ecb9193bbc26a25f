using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Provisioning.Core.Pipeline;

namespace Provisioning.Host.Inbound;

/// <summary><c>POST /api/sign-ins</c>: just-in-time provisioning of a user who has just authenticated at the calling service provider.</summary>
internal static class SignInEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/sign-ins", SignInAsync).AddEndpointFilter<Guard>();

    private static async Task<IResult> SignInAsync(HttpContext http, UserWriter writer, CancellationToken cancellationToken)
    {
        var attributes = ScimUser.Read(await ScimBody.ReadAsync(http.Request, cancellationToken));
        var result = await writer.UpsertAsync(attributes, Caller.Of(http).ServiceProvider, Trigger.SignIn, cancellationToken);
        return Results.Text(
            new JsonObject
            {
                ["allowed"] = result.Allowed,
                ["userId"] = result.User.Id,
                ["assignments"] = OutcomeJson.Of(result.Outcomes),
            }.ToJsonString(),
            "application/json");
    }
}
