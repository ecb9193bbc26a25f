using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Provisioning.Core.Pipeline;

namespace Provisioning.Host.Inbound;

/// <summary><c>POST /api/sign-ins</c>: just-in-time provisioning of a user who has just authenticated at the calling service provider.</summary>
internal static class SignInEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/sign-ins", SignInAsync).AddEndpointFilter<LargeBodies>();

    private static async Task<IResult> SignInAsync(HttpContext http, UserWriter writer, CancellationToken cancellationToken)
    {
        var body = await ScimBody.ReadAsync(http.Request, cancellationToken);
        var occasion = new Occasion(Trigger.SignIn, Caller.Of(http).ServiceProvider) { Password = ScimUser.FirstPassword(body) };
        var result = (await writer.UpsertAsync(writer.Read(body), occasion, cancellationToken)).Submission;
        var access = result.Access!;
        return Results.Text(
            OutcomeJson.AddPasswords(new JsonObject
            {
                ["allowed"] = access.Allowed,
                ["reason"] = OutcomeJson.Name(access.Reason),
                ["message"] = access.Message,
                ["userId"] = result.User.Id,
                ["bindings"] = new JsonArray([.. access.Bindings.Select(Json)]),
                ["assignments"] = OutcomeJson.Of(result.Outcomes),
            }, result.Outcomes).ToJsonString(),
            "application/json");
    }

    private static JsonObject Json(BindingAccess binding) => new()
    {
        ["identityProvider"] = binding.IdentityProvider,
        ["blocking"] = binding.Blocking,
        ["allowed"] = binding.Allowed,
        ["reason"] = OutcomeJson.Name(binding.Reason),
        ["message"] = binding.Message,
    };
}
