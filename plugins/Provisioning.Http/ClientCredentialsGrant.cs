namespace Provisioning.Http;

/// <summary>The OAuth 2.0 client credentials grant (RFC 6749, section 4.4).</summary>
public sealed class ClientCredentialsGrant(HttpWire wire, OAuth2Settings settings) : IAccessTokenSource
{
    private readonly TokenEndpoint _endpoint = new(wire, Addresses.Parse(settings.TokenUrl, "tokenUrl"));

    /// <inheritdoc />
    public Task<AccessToken> RequestAsync(CancellationToken cancellationToken)
    {
        var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials" };
        if (!string.IsNullOrEmpty(settings.Scope))
            form["scope"] = settings.Scope;
        if (settings.ClientAuthentication == "basic")
            return _endpoint.RequestAsync(form, (settings.ClientId, settings.ClientSecret.Reveal()), cancellationToken);
        form["client_id"] = settings.ClientId;
        form["client_secret"] = settings.ClientSecret.Reveal();
        return _endpoint.RequestAsync(form, null, cancellationToken);
    }
}
