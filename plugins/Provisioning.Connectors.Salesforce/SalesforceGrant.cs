using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Provisioning.Http;

namespace Provisioning.Connectors.Salesforce;

/// <summary>The ways to get a token. None has a refresh token, and answers do not say how long a token is good: it is kept until it is refused.</summary>
internal static class SalesforceGrant
{
    private static readonly TimeSpan s_assertionLifetime = TimeSpan.FromMinutes(3);

    public static IAccessTokenSource Create(SalesforceSettings settings, HttpWire wire, TimeProvider time)
    {
        var address = new Uri(Addresses.ParseBase(settings.LoginUrl, "loginUrl"), "services/oauth2/token");
        var endpoint = new TokenEndpoint(wire, address);
        return settings.Grant switch
        {
            "jwt" => Jwt(settings, endpoint, time),
            "clientCredentials" => new ClientCredentialsGrant(wire, new OAuth2Settings
            {
                TokenUrl = address.AbsoluteUri, ClientId = settings.ClientId, ClientSecret = Demand(settings.ClientSecret, "clientSecret"),
            }),
            "legacyPassword" => new PasswordGrant(
                endpoint, settings.ClientId, Demand(settings.ClientSecret, "clientSecret"), Demand(settings.UserName, "userName"), Demand(settings.Password, "password")),
            _ => throw new ConnectorException(FailureKind.Misconfigured, "grant must be \"jwt\", \"clientCredentials\" or \"legacyPassword\""),
        };
    }

    private static JwtBearerGrant Jwt(SalesforceSettings settings, TokenEndpoint endpoint, TimeProvider time)
    {
        var user = Demand(settings.UserName, "userName");
        var pem = Demand(settings.PrivateKey, "privateKey");
        // Now rather than at the first call: a wrong key is a mistake in the settings.
        Import(pem).Dispose();

        return new JwtBearerGrant(endpoint, () =>
        {
            using var key = Import(pem);
            return JwtAssertion.Sign(key, new JsonObject
            {
                ["iss"] = settings.ClientId,
                ["sub"] = user,
                ["aud"] = settings.Audience,
                ["exp"] = (time.GetUtcNow() + s_assertionLifetime).ToUnixTimeSeconds(),
            });
        });
    }

    private static RSA Import(Secret pem)
    {
        var key = RSA.Create();
        try
        {
            key.ImportFromPem(pem.Reveal());
            return key;
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            key.Dispose();
            // The cause is left out: it may quote the key.
            throw new ConnectorException(FailureKind.Misconfigured, "privateKey is no private key in PEM");
        }
    }

    private static T Demand<T>(T? value, string setting)
        where T : class =>
        value ?? throw new ConnectorException(FailureKind.Misconfigured, $"{setting} is missing; the grant needs it");
}
