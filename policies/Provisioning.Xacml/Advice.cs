namespace Provisioning.Xacml;

/// <summary>What the enforcement point may do with the decision (XACML 3.0, 5.35).</summary>
/// <param name="Id">Which advice.</param>
/// <param name="Assignments">Its parameters, in the order of the policy.</param>
public sealed record Advice(string Id, IReadOnlyList<AttributeAssignment> Assignments);
