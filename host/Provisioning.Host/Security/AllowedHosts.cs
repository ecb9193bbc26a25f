using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Provisioning.Host.Security;

/// <summary>The names by which clients may call the host. A page in a browser that makes a name of its own lead here gets nowhere.</summary>
internal static class AllowedHosts
{
    // Commands on this machine find the host by these.
    private static readonly string[] Own = ["localhost", "127.0.0.1", "[::1]"];

    /// <param name="hosts">Names, separated by commas; null for any.</param>
    public static void AddAllowedHosts(this IServiceCollection services, string? hosts)
    {
        var named = (hosts ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        services.AddHostFiltering(options =>
        {
            options.AllowedHosts = named.Length == 0 ? ["*"] : [.. named, .. Own];
            options.IncludeFailureMessage = false;
        });
    }
}
