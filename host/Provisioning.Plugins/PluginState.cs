namespace Provisioning.Plugins;

public enum PluginState
{
    Ready,

    /// <summary>The folder or its plugin.json is not what a plugin looks like.</summary>
    Invalid,

    /// <summary>Made for another version of the connector contract.</summary>
    IncompatibleContract,

    /// <summary>The files are not those that plugin.json lists.</summary>
    Tampered,

    /// <summary>The code could not be loaded or does not deliver what was declared.</summary>
    LoadFailed,
}
