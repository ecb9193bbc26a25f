using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Provisioning.Host.Security;

/// <summary>Authenticates a service provider by its bearer token (RFC 6750), its own or an access token that the host gave out for it.</summary>
internal sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, TokenOwners owners, AccessTokens accessTokens, FailedAttempts failed)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Bearer";

    private bool _isTooOften;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (TokenIn(header) is not { } token)
            return AuthenticateResult.NoResult();
        if ((owners.Find(token) ?? await accessTokens.FindAsync(token)) is not { } caller)
        {
            _isTooOften = !failed.Count(Context, "a token that no service provider has");
            return AuthenticateResult.Fail("no service provider has the token");
        }

        Context.Features.Set(caller);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, caller.ServiceProvider.Name), new Claim(ClaimTypes.Role, caller.ServiceProvider.Name)], Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name));
    }

    // Some clients send what an administrator typed, who did not type the scheme.
    private static string? TokenIn(string header)
    {
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return header[7..].Trim();
        return header.Length > 0 && !header.Contains(' ', StringComparison.Ordinal) ? header : null;
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var result = await HandleAuthenticateOnceSafeAsync();
        if (_isTooOften)
        {
            Response.StatusCode = 429;
            Response.Headers.RetryAfter = FailedAttempts.Window.TotalSeconds.ToString("0", System.Globalization.CultureInfo.InvariantCulture);
            return;
        }

        Response.StatusCode = 401;
        Response.Headers[HeaderNames.WWWAuthenticate] = result.Failure is null ? "Bearer" : "Bearer error=\"invalid_token\"";
    }
}
