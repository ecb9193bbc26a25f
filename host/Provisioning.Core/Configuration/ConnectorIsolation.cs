namespace Provisioning.Core.Configuration;

/// <summary>Where a connector runs.</summary>
public enum ConnectorIsolation
{
    /// <summary>In the process of the host.</summary>
    Host,

    /// <summary>In a process of its own: a crash, a leak or a call that never returns costs a restart of that process and no work.</summary>
    Process,
}
