using Provisioning.Connectors;

namespace Provisioning.Plugins;

/// <summary>A factory whose code can be unloaded once nobody holds it.</summary>
public interface IPluginConnectorFactory : IConnectorFactory
{
    /// <summary>Keeps the plugin's code loaded; to be held as long as a connector of it lives. Null if it is being unloaded already.</summary>
    IDisposable? Hold();
}
