using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Provisioning.Host.Composition;

/// <summary>
/// Checks <c>--urls</c> before anything is opened: a host that cannot listen must leave the database as it is.
/// </summary>
internal static class ListenAddresses
{
    /// <exception cref="StartException">An address is malformed, in use, or not this machine's.</exception>
    public static void Check(string urls)
    {
        var all = Split(urls);
        if (all.Length == 0)
            throw new StartException($"--urls: '{urls}' names no address; write it as in {HostSettings.DefaultUrls}");
        foreach (var url in all)
            foreach (var address in AddressesOf(url))
                Probe(url, address);
    }

    public static bool HaveHttps(string urls) => Split(urls).Any(x => x.StartsWith("https:", StringComparison.OrdinalIgnoreCase));

    /// <summary>Those that others than this machine can reach without TLS.</summary>
    public static IReadOnlyList<string> Exposed(string urls) =>
    [
        .. Split(urls).Where(x => x.StartsWith("http:", StringComparison.OrdinalIgnoreCase) && BindingAddress.Parse(x) is { IsUnixPipe: false, IsNamedPipe: false } address
            && !address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) && !(IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip))),
    ];

    /// <summary>Where commands on this machine find what listens on an address: one that means all addresses is none to call.</summary>
    public static string OnThisMachine(string url) =>
        Uri.TryCreate(url.Replace("*", "0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var address)
            && IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any))
            ? new UriBuilder(address) { Host = "127.0.0.1" }.Uri.GetLeftPart(UriPartial.Authority)
            : url;

    private static string[] Split(string urls) => urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static IEnumerable<IPEndPoint> AddressesOf(string url)
    {
        var address = Parse(url);
        if (address.IsUnixPipe || address.IsNamedPipe)
            return [];
        if (IPAddress.TryParse(address.Host, out var ip))
            return [new IPEndPoint(ip, address.Port)];
        if (!address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            return [new IPEndPoint(Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any, address.Port)];
        return address.Port == 0
            ? throw new StartException($"--urls: '{url}': port 0 needs an address, as in http://127.0.0.1:0")
            : [new IPEndPoint(IPAddress.Loopback, address.Port)];
    }

    private static BindingAddress Parse(string url)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException)
        {
            throw new StartException($"--urls: '{url}' is no address; write it as in {HostSettings.DefaultUrls}", exception);
        }

        if (address.Scheme.ToUpperInvariant() is not ("HTTP" or "HTTPS"))
            throw new StartException($"--urls: '{url}': the scheme must be http or https");
        if (address.PathBase.Length > 0)
            throw new StartException($"--urls: '{url}' has a path; name the scheme, the address and the port only");
        if (address.Port is < 0 or > IPEndPoint.MaxPort)
            throw new StartException($"--urls: '{url}': the port must be at most {IPEndPoint.MaxPort}");
        return address;
    }

    private static void Probe(string url, IPEndPoint address)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (address.Address.Equals(IPAddress.IPv6Any))
                socket.DualMode = true;
            socket.Bind(address);
        }
        catch (SocketException exception)
        {
            throw new StartException($"--urls: cannot listen on '{url}': {Reason(exception)}", exception);
        }
    }

    private static string Reason(SocketException exception) => exception.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => "another process listens there; stop that one, or name another port",
        SocketError.AddressNotAvailable => "this machine does not have the address",
        SocketError.AccessDenied => "this user may not use the port; name one above 1023",
        _ => exception.Message,
    };
}
