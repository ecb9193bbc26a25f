namespace Provisioning.Plugins;

/// <summary>One folder: what was last seen in it, and the code that runs for it, which may be of the version before.</summary>
internal sealed record PluginSlot(string Hash, PluginStatus Status, LoadedPlugin? Running)
{
    /// <summary>The status with what only the running code can tell.</summary>
    public PluginStatus Current
    {
        get
        {
            if (Running is null)
                return Status;
            var status = Status with { HungCalls = Running.Health.HungCalls, Restarts = Running.Health.Restarts };
            if (status.State != PluginState.Ready)
                return status;
            return Running.Health.Quarantine is var (reason, _)
                ? status with { State = PluginState.Quarantined, Reason = reason }
                : status with { Reason = Running.Health.Resting ?? status.Reason };
        }
    }
}
