namespace Provisioning.Plugins;

/// <summary>One folder: what was last seen in it, and the code that runs for it, which may be of the version before.</summary>
internal sealed record PluginSlot(string Hash, PluginStatus Status, LoadedPlugin? Running);
