using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Provisioning.Host.Composition;

namespace Provisioning.Host.Security;

/// <summary>Who may say for whom a request comes (<c>X-Forwarded-For</c>, <c>-Proto</c>, <c>-Host</c>): the proxies that are named, and nobody else.</summary>
internal static class TrustedProxies
{
    /// <param name="proxies">Addresses and networks, separated by commas.</param>
    /// <exception cref="StartException">One is neither.</exception>
    public static ForwardedHeadersOptions Read(string? proxies)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in (proxies ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IPAddress.TryParse(proxy, out var address))
                options.KnownProxies.Add(address);
            else if (System.Net.IPNetwork.TryParse(proxy, out var network))
                options.KnownIPNetworks.Add(network);
            else
                throw new StartException($"--proxies: '{proxy}' is neither an address nor a network; write them as in 10.0.0.5,10.1.0.0/16");
        }

        return options;
    }

    /// <summary>Does nothing where no proxy is named.</summary>
    public static void UseTrustedProxies(this IApplicationBuilder app, string? proxies)
    {
        if (!string.IsNullOrWhiteSpace(proxies))
            app.UseForwardedHeaders(Read(proxies));
    }
}
