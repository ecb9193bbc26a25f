using Provisioning.Core.Configuration;
using Provisioning.Host.Configuration;

namespace Provisioning.Host.Composition;

/// <summary>A connection string has a password, and a command line is for everybody to see: it may be named instead of given.</summary>
internal static class DatabaseReference
{
    /// <exception cref="StartException">The reference leads nowhere.</exception>
    public static string? Resolve(HostSettings settings)
    {
        if (settings.Database is not { Length: > 0 } given)
            return null;

        // Nobody can make up the place of a database.
        if (!SecretReference.TryParse(given, out var scheme, out _) || scheme == SecretReference.Generated)
            return given;
        try
        {
            return new SecretResolver(settings.Data, settings.Config).Resolve(given);
        }
        catch (SecretException exception)
        {
            throw new StartException($"--database: {exception.Message}", exception);
        }
    }
}
