using Provisioning.Connectors;

namespace Provisioning.Plugins.Isolation;

/// <summary>A factory whose connectors can run in a process of their own.</summary>
public interface IIsolatedConnectorFactory : IConnectorFactory
{
    /// <summary>Starts a process with the connector in it. It is started again when it ends, until the connector is disposed.</summary>
    /// <exception cref="ConnectorException">The process or the connector in it could not be made.</exception>
    IConnector CreateIsolated(object settings, ConnectorContext context, ChildLauncher launcher);
}
