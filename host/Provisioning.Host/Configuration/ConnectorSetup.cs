using Provisioning.Connectors;

namespace Provisioning.Host.Configuration;

/// <summary>All that is needed to make the connector of one identity provider.</summary>
/// <param name="Settings">Of the factory's settings type, checked, secrets resolved.</param>
/// <param name="Fingerprint">A hash of the settings and their secrets.</param>
internal sealed record ConnectorSetup(IConnectorFactory Factory, object Settings, string Fingerprint)
{
    /// <summary>Whether a connector made from the other would behave the same.</summary>
    public bool IsSameAs(ConnectorSetup other) => ReferenceEquals(Factory, other.Factory) && Fingerprint == other.Fingerprint;
}
