namespace Provisioning.Xacml;

/// <summary>A parameter of a combining algorithm.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Value">Its value, in a bag of one.</param>
/// <param name="Child">The id of the rule, policy or policy set that it belongs to; null if it belongs to the whole.</param>
public sealed record CombinerParameter(string Name, Bag Value, string? Child);
