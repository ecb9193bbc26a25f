namespace Provisioning.Xacml;

/// <summary>A duty that comes with a decision.</summary>
/// <param name="Id">The obligation's identifier.</param>
/// <param name="Assignments">Its values.</param>
public sealed record Obligation(string Id, IReadOnlyList<AttributeAssignment> Assignments);
