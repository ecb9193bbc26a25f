using System.ComponentModel;

namespace Provisioning.Connectors.Scim;

/// <summary>Credentials; set those that the target wants.</summary>
public sealed class ScimAuthentication
{
    [Description("A fixed bearer token.")]
    public Secret? BearerToken { get; set; }

    [Description("The user name of basic authentication.")]
    public string? UserName { get; set; }

    [Description("The password of basic authentication.")]
    public Secret? Password { get; set; }

    [Description("Tokens by the OAuth 2.0 client credentials grant.")]
    public OAuth2Settings? OAuth2 { get; set; }

    [Description("The name of a header that carries an API key.")]
    public string? HeaderName { get; set; }

    [Description("The value of that header.")]
    public Secret? HeaderValue { get; set; }
}
