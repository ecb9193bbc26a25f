namespace Provisioning.Http;

/// <summary>The OAuth 2.0 grant by a signed assertion (RFC 7523, section 2.1).</summary>
/// <param name="endpoint">Where the assertion is exchanged.</param>
/// <param name="assertion">Makes a fresh assertion for each request.</param>
/// <param name="scope">The scope to ask for, or null.</param>
public sealed class JwtBearerGrant(TokenEndpoint endpoint, Func<string> assertion, string? scope = null) : IAccessTokenSource
{
    /// <inheritdoc />
    public Task<AccessToken> RequestAsync(CancellationToken cancellationToken)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "urn:ietf:params:oauth:grant-type:jwt-bearer",
            ["assertion"] = assertion(),
        };
        if (!string.IsNullOrEmpty(scope))
            form["scope"] = scope;
        return endpoint.RequestAsync(form, null, cancellationToken);
    }
}
