namespace Provisioning.Xacml;

/// <summary>What a policy looks for and the request does not have.</summary>
/// <param name="Category">The attribute's category.</param>
/// <param name="AttributeId">The attribute's identifier.</param>
/// <param name="DataType">The data type of its values.</param>
/// <param name="Issuer">Who has to vouch for it; null if that does not matter.</param>
/// <param name="Request">The request, for the attributes that identify the subject or the resource.</param>
public readonly record struct AttributeQuery(string Category, string AttributeId, DataType DataType, string? Issuer, XacmlRequest Request);
