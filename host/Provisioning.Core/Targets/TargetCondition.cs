namespace Provisioning.Core.Targets;

/// <summary>How an identity provider is, as a whole.</summary>
public enum TargetCondition
{
    Open,

    /// <summary>It asked for rest.</summary>
    Throttled,

    /// <summary>It failed too often in a row: the circuit is broken.</summary>
    Failing,

    /// <summary>It refuses our credentials or permissions.</summary>
    Unauthorized,

    /// <summary>An operator paused it.</summary>
    Paused,
}
