using Provisioning.Connectors;

namespace Provisioning.Host.Configuration;

/// <summary>The connectors that plugins deliver now.</summary>
internal interface IFactoryLookup
{
    IReadOnlyCollection<string> ConnectorNames { get; }

    IConnectorFactory? FindFactory(string name);

    /// <summary>Why a connector that some plugin declares is not there; null when no plugin declares it.</summary>
    string? ReasonMissing(string name);
}
