namespace Provisioning.Xacml;

/// <summary>A hint that comes with a decision.</summary>
/// <param name="Id">The advice's identifier.</param>
/// <param name="Assignments">Its values.</param>
public sealed record Advice(string Id, IReadOnlyList<AttributeAssignment> Assignments);
