using System.ComponentModel;
using Provisioning.Connectors;

namespace Provisioning.Http;

/// <summary>Credentials; set those that the target wants.</summary>
public sealed class AuthenticationSettings
{
    /// <summary>A fixed bearer token.</summary>
    [Description("A fixed bearer token.")]
    public Secret? BearerToken { get; set; }

    /// <summary>The user name of basic authentication.</summary>
    [Description("The user name of basic authentication.")]
    public string? UserName { get; set; }

    /// <summary>The password of basic authentication.</summary>
    [Description("The password of basic authentication.")]
    public Secret? Password { get; set; }

    /// <summary>Tokens by the OAuth 2.0 client credentials grant.</summary>
    [Description("Tokens by the OAuth 2.0 client credentials grant.")]
    public OAuth2Settings? OAuth2 { get; set; }

    /// <summary>The name of a header that carries an API key.</summary>
    [Description("The name of a header that carries an API key.")]
    public string? HeaderName { get; set; }

    /// <summary>The value of that header.</summary>
    [Description("The value of that header.")]
    public Secret? HeaderValue { get; set; }
}
