using Provisioning.Core.Configuration;

namespace Provisioning.Host.Configuration;

/// <summary>What a configuration folder says.</summary>
/// <param name="Configuration">What could be read; complete only if there are no problems.</param>
/// <param name="Connectors">By name of identity provider.</param>
/// <param name="Unavailable">Identity providers that no plugin serves now, with the reason; their assignments wait.</param>
internal sealed record LoadedConfiguration(
    ProvisioningConfiguration Configuration,
    IReadOnlyDictionary<string, ConnectorSetup> Connectors,
    IReadOnlyDictionary<string, string> Unavailable,
    IReadOnlyList<ConfigurationProblem> Problems)
{
    public static readonly LoadedConfiguration Empty = new(
        ProvisioningConfiguration.Empty, new Dictionary<string, ConnectorSetup>(), new Dictionary<string, string>(), []);
}
