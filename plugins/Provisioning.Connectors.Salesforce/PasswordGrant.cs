using Provisioning.Http;

namespace Provisioning.Connectors.Salesforce;

/// <summary>The grant by a user's password: off in new organisations, and to go.</summary>
internal sealed class PasswordGrant(TokenEndpoint endpoint, string clientId, Secret clientSecret, string userName, Secret password) : IAccessTokenSource
{
    public Task<AccessToken> RequestAsync(CancellationToken cancellationToken)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "password",
            ["client_id"] = clientId,
            ["client_secret"] = clientSecret.Reveal(),
            ["username"] = userName,
            ["password"] = password.Reveal(),
        };
        return endpoint.RequestAsync(form, null, cancellationToken);
    }
}
