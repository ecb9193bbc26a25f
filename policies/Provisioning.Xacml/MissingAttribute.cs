namespace Provisioning.Xacml;

/// <summary>An attribute that a policy insists on and that the request lacks (XACML 3.0, 5.57).</summary>
/// <param name="Category">Its category.</param>
/// <param name="AttributeId">Its identifier.</param>
/// <param name="DataType">Its data type.</param>
/// <param name="Issuer">Its issuer, when the policy names one.</param>
public sealed record MissingAttribute(string Category, string AttributeId, string DataType, string? Issuer);
