using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Provisioning.Connectors.Ldap.Tests;

/// <summary>An authority, a server certificate of it, and another authority that nobody should trust for it.</summary>
internal static class Certificates
{
    public static void Write(string folder)
    {
        var now = DateTimeOffset.UtcNow;
        using var key = RSA.Create(2048);
        using var authority = Authority("CN=Directory Test CA", now);
        using var other = Authority("CN=Other CA", now);

        var request = new CertificateRequest("CN=directory.test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        using var server = request.Create(authority, now.AddHours(-1), now.AddDays(1), [1, 2, 3, 4]);

        File.WriteAllText(Path.Combine(folder, "server.pem"), server.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "server.key"), key.ExportPkcs8PrivateKeyPem());
        WriteAuthority(Path.Combine(folder, "ca"), authority);
        WriteAuthority(Path.Combine(folder, "other-ca"), other);
    }

    private static X509Certificate2 Authority(string name, DateTimeOffset now)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        return request.CreateSelfSigned(now.AddHours(-1), now.AddDays(1));
    }

    private static void WriteAuthority(string folder, X509Certificate2 authority)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "ca.pem"), authority.ExportCertificatePem());
    }
}
