using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Provisioning.Host.Configuration;

namespace Provisioning.Host.Composition;

/// <summary>The certificate for https, as it is set. A changed one is taken by the next connection; one that cannot be used leaves the last good one.</summary>
internal sealed partial class ServerCertificate
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly CertificatePlace _place;
    private readonly TimeProvider _time;
    private SslStreamCertificateContext _current;
    private string _seen;
    private string? _told;
    private long _looked;

    private ServerCertificate(CertificatePlace place, TimeProvider time)
    {
        (_place, _time, _looked) = (place, time, time.GetTimestamp());
        (_seen, _current) = (place.Stamp(), place.Load());
    }

    /// <summary>Where it says that a changed certificate cannot be used.</summary>
    public ILogger? Logger { get; set; }

    /// <returns>Null where no certificate is set, and none is needed.</returns>
    /// <exception cref="StartException">The certificate cannot be used, or https needs one and there is none.</exception>
    public static ServerCertificate? Open(HostSettings settings, IConfiguration kestrel, TimeProvider time)
    {
        if (settings.Certificate is { Length: > 0 })
        {
            try
            {
                return new ServerCertificate(CertificatePlace.Of(settings), time);
            }
            catch (Exception exception) when (IsUnusable(exception))
            {
                throw new StartException($"--certificate: {Reason(settings.Certificate, exception)}", exception);
            }
        }

        // Who knows Kestrel may have set it there.
        return !ListenAddresses.HaveHttps(settings.Urls) || kestrel.GetSection("Kestrel:Certificates:Default").GetChildren().Any()
            ? null
            : throw new StartException("--urls: https needs a certificate; name it with --certificate, and its key with --certificate-key");
    }

    public void Use(HttpsConnectionAdapterOptions options)
    {
        options.ServerCertificateSelector = (_, _) => Current.TargetCertificate;
        options.OnAuthenticate = (_, tls) => (tls.ServerCertificateSelectionCallback, tls.ServerCertificateContext) = (null, Current);
    }

    private SslStreamCertificateContext Current
    {
        get
        {
            lock (_lock)
            {
                if (_time.GetElapsedTime(_looked) >= Interval)
                    Look();
                return _current;
            }
        }
    }

    private void Look()
    {
        _looked = _time.GetTimestamp();
        try
        {
            if (_place.Stamp() is var stamp && stamp == _seen)
                return;
            _current = _place.Load();
            (_seen, _told) = (stamp, null);
        }
        catch (Exception exception) when (IsUnusable(exception))
        {
            // Certificate and key are written one after the other: the next look sees both.
            var reason = Reason(_place.Certificate, exception);
            if (Logger is { } logger && reason != _told)
                LogUnusable(logger, reason);
            _told = reason;
        }
    }

    private static bool IsUnusable(Exception exception) => exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException;

    private static string Reason(string certificate, Exception exception) =>
        $"'{certificate}' cannot be used: {exception.Message.ReplaceLineEndings(" ").Trim()} It must be a PEM file with the key in it or in --certificate-key, a PKCS#12 file (.pfx), or store:SUBJECT";

    [LoggerMessage(5303, LogLevel.Warning, "the changed certificate {Reason}; the one before is used on")]
    private static partial void LogUnusable(ILogger logger, string reason);
}
