namespace Provisioning.Core.Targets;

/// <summary>How an identity provider is, as a whole. The numbers are stored.</summary>
public enum TargetCondition
{
    Open = 0,

    /// <summary>It asked for rest.</summary>
    Throttled = 1,

    /// <summary>It failed too often in a row: the circuit is broken.</summary>
    Failing = 2,

    /// <summary>It refuses the credentials of the host.</summary>
    Unauthorized = 3,

    /// <summary>An operator paused it.</summary>
    Paused = 4,

    /// <summary>It cannot be worked with as it is configured: a wrong address, a broken file.</summary>
    Misconfigured = 5,
}
