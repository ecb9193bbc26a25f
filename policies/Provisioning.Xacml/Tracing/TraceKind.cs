namespace Provisioning.Xacml;

/// <summary>What a node of a trace stands for.</summary>
public enum TraceKind
{
    /// <summary>A policy set.</summary>
    PolicySet,

    /// <summary>A policy.</summary>
    Policy,

    /// <summary>A rule.</summary>
    Rule,
}
