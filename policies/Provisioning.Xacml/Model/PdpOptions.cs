namespace Provisioning.Xacml;

/// <summary>Settings of a policy decision point.</summary>
public sealed record PdpOptions
{
    /// <summary>The clock behind current-time, current-date and current-dateTime.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How several root policies are combined.</summary>
    public string RootCombiningAlgorithm { get; init; } = "urn:oasis:names:tc:xacml:3.0:policy-combining-algorithm:deny-overrides";
}
