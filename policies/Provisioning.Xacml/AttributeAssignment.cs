namespace Provisioning.Xacml;

/// <summary>A parameter of an obligation or of an advice (XACML 3.0, 5.36).</summary>
/// <param name="AttributeId">What the parameter is.</param>
/// <param name="Category">Its category, when the policy names one.</param>
/// <param name="Issuer">Its issuer, when the policy names one.</param>
/// <param name="DataType">One of <see cref="DataTypes"/>.</param>
/// <param name="Value">The value in its lexical form.</param>
public sealed record AttributeAssignment(string AttributeId, string? Category, string? Issuer, string DataType, string Value);
