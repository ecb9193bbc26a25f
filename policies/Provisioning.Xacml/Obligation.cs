namespace Provisioning.Xacml;

/// <summary>What the enforcement point must do with the decision (XACML 3.0, 5.34).</summary>
/// <param name="Id">Which duty.</param>
/// <param name="Assignments">Its parameters, in the order of the policy.</param>
public sealed record Obligation(string Id, IReadOnlyList<AttributeAssignment> Assignments);
