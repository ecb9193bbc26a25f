using Provisioning.Core.Configuration;

namespace Provisioning.Host.Configuration;

/// <summary>What was read from a configuration folder.</summary>
/// <param name="Settings">Connector settings by identity provider.</param>
/// <param name="Unavailable">Identity providers that cannot be used now, because a plugin is broken, with the reason.</param>
/// <param name="TokenHashes">SHA-256 (hex) of each bearer token, by service provider, in the order of its credentials.</param>
internal sealed record LoadResult(
    ProvisioningConfiguration Configuration,
    IReadOnlyDictionary<string, object> Settings,
    IReadOnlyDictionary<string, string> Unavailable,
    IReadOnlyDictionary<string, IReadOnlyList<string>> TokenHashes,
    IReadOnlyList<ConfigurationProblem> Problems)
{
    /// <summary>What is allowed but hardly meant; the configuration can be used all the same.</summary>
    public IReadOnlyList<ConfigurationProblem> Warnings { get; init; } = [];

    /// <summary>The service providers that have a file, with its name.</summary>
    public IReadOnlyList<(string File, ServiceProvider Value)> ServiceProviderFiles { get; init; } = [];

    /// <summary>A hash of the secrets in the settings of each identity provider: its connector is made anew when one changed.</summary>
    public IReadOnlyDictionary<string, string> SecretPrints { get; init; } = new Dictionary<string, string>();
}
