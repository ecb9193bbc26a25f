using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Provisioning.Host.Security;

/// <summary>
/// Requests whose token was wrong, by the address they came from. So many in a minute are answered and logged each; after that they are told to wait, and
/// logged no more. A right token from the same address goes on working: whoever shares an address with an attacker is not locked out.
/// </summary>
internal sealed partial class FailedAttempts(ILogger<FailedAttempts> logger) : IDisposable
{
    public const int MostInWindow = 20;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(
        address => RateLimitPartition.GetFixedWindowLimiter(address, _ => new FixedWindowRateLimiterOptions { PermitLimit = MostInWindow, Window = Window }));

    /// <returns>False when there were too many from this address.</returns>
    public bool Count(HttpContext http, string what)
    {
        var address = AddressOf(http.Connection.RemoteIpAddress);
        using var lease = _limiter.AttemptAcquire(address);
        if (!lease.IsAcquired)
            return false;
        LogRefused(what, address);
        if (_limiter.GetStatistics(address)?.CurrentAvailablePermits == 0)
            LogTooMany(address, MostInWindow, Window);
        return true;
    }

    public void Dispose() => _limiter.Dispose();

    // A client with an IPv6 address commonly has all addresses of its /64 network: they count as one.
    private static string AddressOf(IPAddress? address)
    {
        if (address is null)
            return "a local socket";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 && !IPAddress.IsLoopback(address)
            ? $"{new IPAddress([.. address.GetAddressBytes().Take(8), .. new byte[8]])}/64"
            : address.ToString();
    }

    [LoggerMessage(4501, LogLevel.Warning, "{What} came from {Address}")]
    private partial void LogRefused(string what, string address);

    [LoggerMessage(4502, LogLevel.Warning, "{Address} sent {Count} wrong tokens within {Window}. Until that time is over, the host answers further wrong tokens from there with 429 and does not log them")]
    private partial void LogTooMany(string address, int count, TimeSpan window);
}
