using Microsoft.AspNetCore.Http;

namespace Provisioning.Host.Composition;

/// <summary>The address that clients find the host at: what every location begins with.</summary>
internal static class PublicAddress
{
    /// <summary>The address that is set, or the one that the client named.</summary>
    public static string Of(HostSettings settings, HttpRequest request) => settings.PublicUrl ?? $"{request.Scheme}://{request.Host}";

    /// <returns>The same without a slash at the end; null for none.</returns>
    /// <exception cref="StartException">It is no address.</exception>
    public static string? Check(string? url)
    {
        if (string.IsNullOrEmpty(url))
            return null;
        return Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" && address is { PathAndQuery: "/", Fragment: "", UserInfo: "" }
            ? $"{address.Scheme}://{address.IdnHost}{(address.IsDefaultPort ? "" : $":{address.Port}")}"
            : throw new StartException($"--public-url: '{url}' is no address; write it as in https://provisioning.example.com");
    }
}
