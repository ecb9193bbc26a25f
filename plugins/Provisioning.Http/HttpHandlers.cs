using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Provisioning.Connectors;

namespace Provisioning.Http;

/// <summary>Builds the handler that the connection settings describe.</summary>
public static class HttpHandlers
{
    /// <param name="settings">Proxy and certificates.</param>
    /// <param name="baseDirectory">Relative file settings are resolved against this folder.</param>
    /// <exception cref="ConnectorException"><see cref="FailureKind.Misconfigured"/> when a file or an address is unusable.</exception>
    public static SocketsHttpHandler Create(ConnectionSettings settings, string baseDirectory)
    {
        // Redirects are not followed: they would carry the credentials elsewhere.
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxConnectionsPerServer = 256,
        };
        if (settings.Proxy is { Length: > 0 } proxy)
        {
            handler.Proxy = new WebProxy(Addresses.Parse(proxy, "proxy"));
            if (settings.ProxyUserName is { } user)
                handler.Proxy.Credentials = new NetworkCredential(user, settings.ProxyPassword?.Reveal());
        }

        if (settings.CertificateAuthorities is { Length: > 0 } authorities)
            handler.SslOptions.CertificateChainPolicy = Trust(Path.Combine(baseDirectory, authorities));
        if (settings.ClientCertificate is { Length: > 0 } certificate)
            handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(Client(settings, Path.Combine(baseDirectory, certificate)), null);
        return handler;
    }

    private static X509ChainPolicy Trust(string file) => Load("certificateAuthorities", () =>
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(file);
        return policy.CustomTrustStore.Count > 0 ? policy : throw new CryptographicException("the file has no certificate");
    });

    private static X509Certificate2 Client(ConnectionSettings settings, string file) => Load("clientCertificate", () =>
    {
        var password = settings.ClientCertificatePassword?.Reveal();
        if (Path.GetExtension(file).ToLowerInvariant() is ".pfx" or ".p12")
            return X509CertificateLoader.LoadPkcs12FromFile(file, password);
        var pem = File.ReadAllText(file);
        var key = settings.ClientKey?.Reveal() ?? pem;
        return password is null ? X509Certificate2.CreateFromPem(pem, key) : X509Certificate2.CreateFromEncryptedPem(pem, key, password);
    });

    private static T Load<T>(string setting, Func<T> load)
    {
        try
        {
            return load();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new ConnectorException(FailureKind.Misconfigured, $"{setting} cannot be used: {failure.Message}", failure);
        }
    }
}
