namespace Provisioning.Xacml;

/// <summary>How a decision point is put together.</summary>
public sealed record PdpOptions
{
    /// <summary>The defaults.</summary>
    public static PdpOptions Default { get; } = new();

    /// <summary>How several root policies are combined. Default: deny-overrides of XACML 3.0.</summary>
    public string RootCombiningAlgorithm { get; init; } = CombiningAlgorithms.PolicyDenyOverrides;

    /// <summary>The clock behind current-time, current-date and current-dateTime, and the implicit time zone.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The deepest nesting of elements in a policy or a request.</summary>
    public int MaxDepth { get; init; } = 100;

    /// <summary>The longest document, in characters.</summary>
    public long MaxCharacters { get; init; } = 10_000_000;

    /// <summary>How long one regular expression may run when it cannot be run in linear time.</summary>
    public TimeSpan RegexTimeout { get; init; } = TimeSpan.FromMilliseconds(200);
}
