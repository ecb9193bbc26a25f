namespace Provisioning.Xacml;

/// <summary>An attribute that a policy needs and nobody supplied.</summary>
/// <param name="Category">The attribute's category.</param>
/// <param name="AttributeId">The attribute's identifier.</param>
/// <param name="DataType">The data type of its values.</param>
/// <param name="Issuer">Who has to vouch for it, if that matters.</param>
public sealed record MissingAttribute(string Category, string AttributeId, string DataType, string? Issuer);
