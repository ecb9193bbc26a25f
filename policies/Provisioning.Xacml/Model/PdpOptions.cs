namespace Provisioning.Xacml;

/// <summary>Settings and extensions of a policy decision point.</summary>
public sealed record PdpOptions
{
    /// <summary>The clock behind current-time, current-date and current-dateTime. <value>The default value is the system's.</value></summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The time zone of current-time, current-date and current-dateTime. <value>The default value is that of <see cref="Time"/>.</value></summary>
    public TimeZoneInfo? TimeZone { get; init; }

    /// <summary>How several root policies are combined. <value>The default value is deny-overrides.</value></summary>
    public string RootCombiningAlgorithm { get; init; } = "urn:oasis:names:tc:xacml:3.0:policy-combining-algorithm:deny-overrides";

    /// <summary>Whether a reference to a policy that is not there is Indeterminate when it is evaluated, instead of a reason to refuse all
    /// policies. <value>The default value is false.</value></summary>
    public bool AllowsUndefinedReferences { get; init; }

    /// <summary>How many characters a policy document may have. <value>The default value is 100 million.</value></summary>
    public long MaxPolicyCharacters { get; init; } = 100_000_000;

    /// <summary>How much a request may ask. <value>The default values are those of <see cref="RequestLimits"/>.</value></summary>
    public RequestLimits RequestLimits { get; init; } = RequestLimits.Default;

    /// <summary>Which resources are below others, for requests that ask about a resource and what is below it. <value>The default value is
    /// none: such requests are refused.</value></summary>
    public IResourceHierarchy? ResourceHierarchy { get; init; }

    /// <summary>Where attributes come from that a request does not have, asked in this order. <value>The default value is none.</value></summary>
    public IReadOnlyList<IAttributeProvider> AttributeProviders { get; init; } = [];

    /// <summary>Data types beyond those of the standard. <value>The default value is none.</value></summary>
    public IReadOnlyList<DataType> DataTypes { get; init; } = [];

    /// <summary>Functions beyond those of the standard. <value>The default value is none.</value></summary>
    public IReadOnlyList<Function> Functions { get; init; } = [];

    /// <summary>Combining algorithms beyond those of the standard. <value>The default value is none.</value></summary>
    public IReadOnlyList<CombiningAlgorithm> CombiningAlgorithms { get; init; } = [];
}
