using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Provisioning.Http;

namespace Provisioning.Connectors.Entra;

/// <summary>Client credentials proven by a certificate: the client signs an assertion about itself (RFC 7523, section 2.2).</summary>
internal sealed class CertificateGrant(HttpWire wire, Uri address, string clientId, string scope, Secret certificate, TimeProvider time) : IAccessTokenSource
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(5);
    private readonly TokenEndpoint _endpoint = new(wire, address);

    /// <exception cref="ConnectorException"><see cref="FailureKind.Misconfigured"/> when the text is no certificate with an RSA key.</exception>
    public static X509Certificate2 Load(Secret certificate)
    {
        try
        {
            var loaded = X509Certificate2.CreateFromPem(certificate.Reveal(), certificate.Reveal());
            using var key = loaded.GetRSAPrivateKey();
            return key is null ? throw new CryptographicException("no RSA key") : loaded;
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            // The cause is left out: it may quote the key.
            throw new ConnectorException(FailureKind.Misconfigured, "clientCertificate is no certificate with an RSA private key in PEM");
        }
    }

    public Task<AccessToken> RequestAsync(CancellationToken cancellationToken)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = clientId,
            ["scope"] = scope,
            ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            ["client_assertion"] = Assertion(),
        };
        return _endpoint.RequestAsync(form, null, cancellationToken);
    }

    private string Assertion()
    {
        using var loaded = Load(certificate);
        using var key = loaded.GetRSAPrivateKey()!;
        var now = time.GetUtcNow();
        var claims = new JsonObject
        {
            ["aud"] = address.AbsoluteUri,
            ["iss"] = clientId,
            ["sub"] = clientId,
            ["jti"] = Guid.NewGuid().ToString(),
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + s_lifetime).ToUnixTimeSeconds(),
        };
        var header = new JsonObject { ["x5t#S256"] = Base64Url.EncodeToString(SHA256.HashData(loaded.RawData)) };
        return JwtAssertion.Sign(key, claims, header);
    }
}
