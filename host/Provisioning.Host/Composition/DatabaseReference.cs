using Provisioning.Host.Configuration;

namespace Provisioning.Host.Composition;

/// <summary>A connection string has a password, and a command line is for everybody to see: it may be named instead of given.</summary>
internal static class DatabaseReference
{
    private static readonly string[] Schemes = ["env:", "file:", "credential:"];

    /// <exception cref="InvalidOperationException">The reference leads nowhere.</exception>
    public static string? Resolve(HostSettings settings)
    {
        if (settings.Database is not { Length: > 0 } given)
            return null;
        if (!Schemes.Any(scheme => given.StartsWith(scheme, StringComparison.Ordinal)))
            return given;
        try
        {
            return new SecretResolver(settings.Data, settings.Config).Resolve(given);
        }
        catch (SecretException exception)
        {
            throw new InvalidOperationException($"--database: {exception.Message}", exception);
        }
    }
}
