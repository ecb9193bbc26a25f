using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Provisioning.Host.Composition;

namespace Provisioning.Host.Security;

/// <summary>
/// <c>POST /oauth/token</c>: an access token for a service provider's name and token (OAuth 2.0, RFC 6749, section 4.4), and where it is (RFC 8414).
/// </summary>
internal static class TokenEndpoint
{
    public const string Path = "/oauth/token";

    private const int MaxBytes = 16 * 1024;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, TokenAsync).AllowAnonymous().WithMetadata(new RequestSizeLimitAttribute(MaxBytes));
        routes.MapGet("/.well-known/oauth-authorization-server", Metadata).AllowAnonymous();
    }

    private static async Task<IResult> TokenAsync(HttpContext http, TokenOwners owners, AccessTokens tokens, FailedAttempts failed, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (!http.Request.HasFormContentType)
            return Error(400, "invalid_request", "send a form: grant_type, client_id and client_secret");
        var form = await http.Request.ReadFormAsync(cancellationToken);
        if (form["grant_type"].ToString() is var grant && grant != "client_credentials")
            return Error(400, "unsupported_grant_type", $"grant_type is '{grant}'; it must be client_credentials");
        var (name, secret) = Basic(http.Request.Headers.Authorization) ?? (form["client_id"].ToString(), form["client_secret"].ToString());
        if (owners.Find(name, secret) is not { } caller)
        {
            if (!failed.Count(http, "a client_secret that is not the service provider's"))
                return Error(429, "slow_down", "there were too many wrong secrets; wait a minute");
            http.Response.Headers.WWWAuthenticate = "Basic";
            return Error(401, "invalid_client", "client_id is the name of a service provider, and client_secret its token");
        }

        return Json(new JsonObject
        {
            ["access_token"] = tokens.Issue(caller.ServiceProvider.Name, secret), ["token_type"] = "Bearer", ["expires_in"] = (int)AccessTokens.Lifetime.TotalSeconds,
        });
    }

    private static IResult Metadata(HttpRequest request, HostSettings settings)
    {
        var host = PublicAddress.Of(settings, request);
        return Json(new JsonObject
        {
            ["issuer"] = host,
            ["token_endpoint"] = host + Path,
            ["grant_types_supported"] = new JsonArray("client_credentials"),
            ["token_endpoint_auth_methods_supported"] = new JsonArray("client_secret_basic", "client_secret_post"),
            ["response_types_supported"] = new JsonArray(),
        });
    }

    // Both parts are encoded as in a form (RFC 6749, section 2.3.1).
    private static (string Name, string Secret)? Basic(string? header)
    {
        if (!AuthenticationHeaderValue.TryParse(header, out var value) || !value.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
            return null;
        Span<byte> bytes = new byte[value.Parameter?.Length ?? 0];
        if (!Convert.TryFromBase64String(value.Parameter ?? "", bytes, out var length))
            return ("", "");
        var parts = Encoding.UTF8.GetString(bytes[..length]).Split(':', 2);
        return parts.Length == 2 ? (Decoded(parts[0]), Decoded(parts[1])) : ("", "");
    }

    private static string Decoded(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static IResult Error(int status, string code, string description) =>
        Json(new JsonObject { ["error"] = code, ["error_description"] = description }, status);

    private static IResult Json(JsonObject body, int status = 200) => Results.Text(body.ToJsonString(), "application/json", statusCode: status);
}
