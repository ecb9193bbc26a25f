using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Google.Apis.Auth.OAuth2;
using Provisioning.Http;

namespace Provisioning.Connectors.Google;

/// <summary>
/// The service account: Google's library reads the key and signs. The exchange for a token is ours, because Google's reads the
/// answer with a serializer whose caches keep an unloaded plugin in memory for good.
/// </summary>
internal sealed class ServiceAccount(ServiceAccountCredential credential, string tokenUrl, string? keyId, string? clientId) : IDisposable
{
    private const string DefaultTokenUrl = "https://oauth2.googleapis.com/token";

    public string Email => credential.Id;

    /// <summary>What the administrator console wants for the delegation.</summary>
    public string ClientId => clientId ?? credential.Id;

    public string TokenUrl => tokenUrl;

    public static ServiceAccount Load(GoogleSettings settings, string baseDirectory)
    {
        try
        {
            if (settings.ServiceAccountKey is { } key)
                return FromJson(settings, key.Reveal());
            if (settings is { P12File: { Length: > 0 } file, ServiceAccountEmail: { Length: > 0 } email })
                return FromP12(settings, Path.Combine(baseDirectory, file), email);
        }
        catch (Exception failure) when (failure is not ConnectorException)
        {
            // Google's reader fails in many ways, and the cause is left out: it may quote the key.
            throw new ConnectorException(FailureKind.Misconfigured, "the key of the service account cannot be read");
        }

        throw new ConnectorException(FailureKind.Misconfigured, "serviceAccountKey is missing (or p12File together with serviceAccountEmail)");
    }

    /// <summary>A signed assertion that is good for an hour, the longest Google accepts.</summary>
    public string Assertion(string subject, IEnumerable<string> scopes, DateTimeOffset now)
    {
        var header = new JsonObject { ["alg"] = "RS256", ["typ"] = "JWT" };
        if (keyId is not null)
            header["kid"] = keyId;
        var claims = new JsonObject
        {
            ["iss"] = Email,
            ["sub"] = subject,
            ["scope"] = string.Join(' ', scopes),
            ["aud"] = tokenUrl,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.ToUnixTimeSeconds() + 3600,
        };
        var content = JwtAssertion.Content(header, claims);
        return JwtAssertion.Append(content, Convert.FromBase64String(credential.CreateSignature(Encoding.ASCII.GetBytes(content))));
    }

    public void Dispose() => credential.Key?.Dispose();

    private static ServiceAccount FromJson(GoogleSettings settings, string text)
    {
        if (JsonText.Parse(text) is not JsonObject json || json.Text("client_email") is not { } email || json.Text("private_key") is not { } key)
            throw new ConnectorException(FailureKind.Misconfigured, "serviceAccountKey is no JSON key with 'client_email' and 'private_key'");
        var initializer = new ServiceAccountCredential.Initializer(email).FromPrivateKey(key);
        return new ServiceAccount(
            new ServiceAccountCredential(initializer), settings.TokenUrl ?? json.Text("token_uri") ?? DefaultTokenUrl,
            json.Text("private_key_id"), json.Text("client_id"));
    }

    private static ServiceAccount FromP12(GoogleSettings settings, string file, string email)
    {
        using var certificate = X509CertificateLoader.LoadPkcs12FromFile(file, settings.P12Password.Reveal(), X509KeyStorageFlags.Exportable);
        var initializer = new ServiceAccountCredential.Initializer(email).FromCertificate(certificate);
        return new ServiceAccount(new ServiceAccountCredential(initializer), settings.TokenUrl ?? DefaultTokenUrl, null, null);
    }
}
