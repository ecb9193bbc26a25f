namespace Provisioning.Xacml;

/// <summary>An attribute that the request wants repeated in the response.</summary>
/// <param name="Category">The attribute's category.</param>
/// <param name="AttributeId">The attribute's identifier.</param>
/// <param name="Issuer">Who vouches for it.</param>
/// <param name="DataType">The data type of the value.</param>
/// <param name="Value">The lexical form of the value.</param>
public sealed record IncludedAttribute(string Category, string AttributeId, string? Issuer, string DataType, string Value);
