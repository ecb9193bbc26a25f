using System.DirectoryServices.Protocols;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Provisioning.Connectors.Ldap;

/// <summary>Opens connections: TLS first, then signing on.</summary>
internal sealed class LdapOpener(LdapSettings settings, ConnectorContext context)
{
    private readonly string? _authorities = settings.CaDirectory is { Length: > 0 } folder
        ? Path.GetFullPath(folder, Path.GetFullPath(context.BaseDirectory))
        : null;

    /// <summary>Opens a connection, or throws a <see cref="ConnectorException"/>.</summary>
    public LdapSession Open()
    {
        var connection = new LdapConnection(
            new LdapDirectoryIdentifier(settings.Host, settings.Port, fullyQualifiedDnsHostName: true, connectionless: false),
            new NetworkCredential(settings.BindDn, settings.BindPassword?.Reveal()),
            AuthType.Basic)
        {
            AutoBind = false,
            Timeout = settings.Timeout,
        };
        try
        {
            connection.SessionOptions.ProtocolVersion = 3;
            // Credentials must not follow a referral to a server that nobody configured.
            connection.SessionOptions.ReferralChasing = ReferralChasingOptions.None;
            if (settings.Security != LdapSecurity.None)
                Protect(connection);
            connection.Bind();
            return new LdapSession(connection, settings.Timeout, context.Time.GetUtcNow());
        }
        catch (Exception e) when (e is LdapException or DirectoryException)
        {
            connection.Dispose();
            var failure = LdapFailure.Opening(e, settings.Security, Listens);
            throw failure.Kind == FailureKind.Transient && IsUnknown()
                ? new ConnectorException(FailureKind.Misconfigured, $"the name '{settings.Host}' does not exist; check 'host'", e) { TargetCode = failure.TargetCode }
                : failure;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private bool Listens()
    {
        try
        {
            using var probe = new TcpClient();
            return probe.ConnectAsync(settings.Host, settings.Port).Wait(settings.Timeout);
        }
        catch (Exception failure) when (failure is SocketException or AggregateException)
        {
            return false;
        }
    }

    // The library has one code for a server that is down and for a name that nobody has. A name server that does not answer says nothing.
    private bool IsUnknown()
    {
        try
        {
            Dns.GetHostAddresses(settings.Host);
            return false;
        }
        catch (SocketException failure)
        {
            return failure.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData;
        }
    }

    private void Protect(LdapConnection connection)
    {
        if (_authorities is not null)
            Trust(connection, _authorities);
        if (settings.Security == LdapSecurity.Ldaps)
        {
            connection.SessionOptions.SecureSocketLayer = true;
            return;
        }

        // The library connects with the first request, and without a connection it cannot start TLS.
        connection.SendRequest(new SearchRequest("", "(objectClass=*)", SearchScope.Base, "supportedExtension"), settings.Timeout);
        connection.SessionOptions.StartTransportLayerSecurity(null);
    }

    private static void Trust(LdapConnection connection, string authorities)
    {
        if (!Directory.Exists(authorities))
            throw new ConnectorException(FailureKind.Misconfigured, $"the folder '{authorities}' of 'caDirectory' does not exist");
        if (OperatingSystem.IsWindows())
        {
            connection.SessionOptions.VerifyServerCertificate = (_, certificate) => IsTrusted(certificate, authorities);
            return;
        }

        connection.SessionOptions.TrustedCertificatesDirectory = authorities;
        connection.SessionOptions.StartNewTlsSessionContext();
    }

    private static bool IsTrusted(X509Certificate certificate, string authorities)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        foreach (var file in Directory.EnumerateFiles(authorities))
            chain.ChainPolicy.CustomTrustStore.ImportFromPemFile(file);
        using var presented = new X509Certificate2(certificate);
        return chain.Build(presented);
    }
}
