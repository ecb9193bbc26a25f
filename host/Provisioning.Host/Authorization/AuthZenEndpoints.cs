using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Provisioning.Host.Composition;
using Provisioning.Host.Inbound;
using Provisioning.Xacml;

namespace Provisioning.Host.Authorization;

/// <summary>The policies in force as a decision service for others: the OpenID AuthZEN Authorization API 1.0.</summary>
internal static class AuthZenEndpoints
{
    private const string Evaluation = "/access/v1/evaluation";
    private const string Evaluations = "/access/v1/evaluations";
    private const string RequestId = "X-Request-ID";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Evaluation, EvaluateAsync).AddEndpointFilter<LargeBodies>();
        routes.MapPost(Evaluations, EvaluateAllAsync).AddEndpointFilter<LargeBodies>();
        routes.MapGet("/.well-known/authzen-configuration", Metadata).AllowAnonymous();
    }

    private static async Task<IResult> EvaluateAsync(HttpContext http, PolicyFolder policies, CancellationToken cancellationToken)
    {
        EchoRequestId(http);
        var body = await ScimBody.ReadAsync(http.Request, cancellationToken, namesIgnoreCase: false);
        return Json(AuthZenAnswer.Of(policies.Current.Evaluate(AuthZenQuestion.Of(body).ToRequest())));
    }

    private static async Task<IResult> EvaluateAllAsync(HttpContext http, PolicyFolder policies, CancellationToken cancellationToken)
    {
        EchoRequestId(http);
        var body = await ScimBody.ReadAsync(http.Request, cancellationToken, namesIgnoreCase: false);
        // All answers of one request are by the same policies, even if others come into force meanwhile.
        var pdp = policies.Current;
        return Json(AuthZenBatch.Of(body)?.Answer(pdp) ?? AuthZenAnswer.Of(pdp.Evaluate(AuthZenQuestion.Of(body).ToRequest())));
    }

    private static IResult Metadata(HttpRequest request, HostSettings settings)
    {
        var host = PublicAddress.Of(settings, request);
        return Json(new JsonObject
        {
            ["policy_decision_point"] = host,
            ["access_evaluation_endpoint"] = host + Evaluation,
            ["access_evaluations_endpoint"] = host + Evaluations,
        });
    }

    // So that the caller can match its log with ours (section 10.1.3). A header of an answer takes no other characters.
    private static void EchoRequestId(HttpContext http)
    {
        if (http.Request.Headers.TryGetValue(RequestId, out var id) && Ascii.IsValid(id.ToString()) && !id.ToString().Any(char.IsControl))
            http.Response.OnStarting(() => Task.FromResult(http.Response.Headers[RequestId] = id));
    }

    private static IResult Json(JsonObject body) => Results.Text(body.ToJsonString(), "application/json");
}
