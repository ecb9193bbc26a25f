using Provisioning.Core.Configuration;

namespace Provisioning.Host.Configuration;

/// <summary>The names in a configuration folder, without regard to what else may be wrong in it.</summary>
internal static class ConfiguredNames
{
    public static IReadOnlyCollection<string> OfServiceProviders(string folder) =>
        [ConfigurationLoader.Resident, .. ConfigurationFiles.Read<ServiceProvider>(folder, ConfigurationFiles.ServiceProviders, [], []).Select(x => x.Value.Name)];

    public static IReadOnlyCollection<string> OfIdentityProviders(string folder) =>
        [.. ConfigurationFiles.Read<IdentityProvider>(folder, ConfigurationFiles.IdentityProviders, [], []).Select(x => x.Value.Name)];
}
