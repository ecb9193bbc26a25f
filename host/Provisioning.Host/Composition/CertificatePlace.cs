using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Provisioning.Host.Configuration;

namespace Provisioning.Host.Composition;

/// <summary>Where a certificate is: in files, or in a store of the system.</summary>
/// <param name="Certificate">A file, or <c>store:SUBJECT</c>.</param>
/// <param name="Key">The PEM file with the key; null if it is in the file of the certificate.</param>
/// <param name="Password">The password of the key; null for none.</param>
internal sealed record CertificatePlace(string Certificate, string? Key, string? Password)
{
    private const string Store = "store:";

    /// <exception cref="StartException">The password cannot be read.</exception>
    public static CertificatePlace Of(HostSettings settings)
    {
        var certificate = settings.Certificate!;
        return certificate.StartsWith(Store, StringComparison.Ordinal)
            ? new CertificatePlace(certificate, null, null)
            : new CertificatePlace(
                Path.GetFullPath(certificate), settings.CertificateKey is { Length: > 0 } key ? Path.GetFullPath(key) : null, PasswordOf(settings));
    }

    /// <summary>Changes when the certificate may have changed.</summary>
    public string Stamp() => Certificate.StartsWith(Store, StringComparison.Ordinal)
        ? InStore(Certificate[Store.Length..]).Thumbprint
        : string.Join('/', ((string?[])[Certificate, Key]).OfType<string>().Select(x => File.GetLastWriteTimeUtc(x).Ticks.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The certificate with what is between it and the authority.</summary>
    public SslStreamCertificateContext Load()
    {
        if (Certificate.StartsWith(Store, StringComparison.Ordinal))
            return SslStreamCertificateContext.Create(InStore(Certificate[Store.Length..]), null, offline: true);
        var others = new X509Certificate2Collection();
        var isPem = Key is not null || File.ReadLines(Certificate).Take(200).Any(x => x.StartsWith("-----BEGIN ", StringComparison.Ordinal));
        if (!isPem)
        {
            others = X509CertificateLoader.LoadPkcs12CollectionFromFile(Certificate, Password);
            var own = others.FirstOrDefault(x => x.HasPrivateKey) ?? throw new CryptographicException("It has no key.");
            return SslStreamCertificateContext.Create(own, others, offline: true);
        }

        others.ImportFromPemFile(Certificate);
        var pem = Password is null ? X509Certificate2.CreateFromPemFile(Certificate, Key) : X509Certificate2.CreateFromEncryptedPemFile(Certificate, Password, Key);

        // TLS of Windows takes no key that is not in a file of its own.
        return SslStreamCertificateContext.Create(
            OperatingSystem.IsWindows() ? X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null) : pem, others, offline: true);
    }

    private static X509Certificate2 InStore(string subject)
    {
        var location = OperatingSystem.IsWindows() ? StoreLocation.LocalMachine : StoreLocation.CurrentUser;
        using var store = new X509Store(StoreName.My, location);
        store.Open(OpenFlags.ReadOnly);
        return store.Certificates.Find(X509FindType.FindBySubjectName, subject, validOnly: true).Where(x => x.HasPrivateKey).OrderByDescending(x => x.NotAfter).FirstOrDefault()
            ?? throw new CryptographicException($"The store '{store.Name}' of {location} has no valid certificate with a key for '{subject}'.");
    }

    private static string? PasswordOf(HostSettings settings)
    {
        if (settings.CertificatePassword is not { Length: > 0 } reference)
            return null;
        try
        {
            return new SecretResolver(settings.Data, settings.Config).Resolve(reference);
        }
        catch (SecretException exception)
        {
            throw new StartException($"--certificate-password: {exception.Message}", exception);
        }
    }
}
