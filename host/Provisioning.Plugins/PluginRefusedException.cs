namespace Provisioning.Plugins;

/// <summary>A step refused a folder. Carries words only: an exception of the plugin's own would keep its code loaded.</summary>
internal sealed class PluginRefusedException(PluginState state, string reason) : Exception(reason)
{
    public PluginState State { get; } = state;
}
