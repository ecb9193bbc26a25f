namespace Provisioning.Plugins;

public enum PluginState
{
    Ready,

    /// <summary>The folder or its plugin.json is not what a plugin looks like.</summary>
    Invalid,

    /// <summary>Made for another version of the connector contract.</summary>
    IncompatibleContract,

    /// <summary>The settings require the signature of a trusted publisher, and it has none.</summary>
    Unsigned,

    /// <summary>The files are not those that plugin.json lists, or the signature is not its publisher's.</summary>
    Tampered,

    /// <summary>The code could not be loaded or does not deliver what was declared.</summary>
    LoadFailed,

    /// <summary>Loaded, and not called for a while, because call after call failed in its own code or did not return.</summary>
    Quarantined,
}
