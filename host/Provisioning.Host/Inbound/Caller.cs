using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Provisioning.Host.Configuration;

namespace Provisioning.Host.Inbound;

/// <summary>The service provider behind a request, by its bearer token.</summary>
internal sealed record Caller(ServiceProvider ServiceProvider)
{
    public bool IsResident => ServiceProvider.Name == ConfigurationLoader.Resident;

    /// <summary>The only service provider whose users the caller sees; null when it sees everybody.</summary>
    public string? Scope => IsResident ? null : ServiceProvider.Name;

    /// <summary>A service provider sees the users that came through it; the host itself sees everybody.</summary>
    public bool Sees(IReadOnlyList<string> serviceProviders) => IsResident || serviceProviders.Contains(ServiceProvider.Name, StringComparer.Ordinal);

    public static Caller Of(HttpContext context) => (Caller)context.Items[nameof(Caller)]!;

    /// <summary>Null when the token is missing or wrong. Tokens are compared by hash only.</summary>
    public static Caller? Authenticate(HttpRequest request, ConfigurationFolder configuration)
    {
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) || configuration.Loaded is not { } loaded)
            return null;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(header[7..].Trim())));
        foreach (var (name, hashes) in loaded.TokenHashes)
            if (hashes.Contains(hash, StringComparer.Ordinal) && loaded.Configuration.FindServiceProvider(name) is { } provider)
                return new Caller(provider);
        return null;
    }
}
