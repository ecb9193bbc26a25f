using Provisioning.Connectors;
using Provisioning.Core.Configuration;

namespace Provisioning.Core.Connectors;

/// <summary>Hands out the running connector of an identity provider.</summary>
public interface IConnectorSource
{
    /// <summary>The connector, shared by all callers. The hold keeps it alive while it is replaced.</summary>
    /// <exception cref="ConnectorException">Transient, if no plugin delivers the connector now: the work waits, it is not lost.</exception>
    ConnectorHold Acquire(IdentityProvider identityProvider);

    /// <summary>Starts the connector afresh, with secrets read again: a credential may have been replaced.</summary>
    void Renew(IdentityProvider identityProvider);
}
