namespace Provisioning.Xacml;

/// <summary>An attribute of a request as it is repeated in a response (XACML 3.0, 5.45).</summary>
/// <param name="Category">Its category.</param>
/// <param name="AttributeId">Its identifier.</param>
/// <param name="Issuer">Who vouches for it, if anybody.</param>
/// <param name="DataType">The data type of the values.</param>
/// <param name="Values">The values in their lexical form.</param>
public sealed record RequestAttribute(string Category, string AttributeId, string? Issuer, string DataType, IReadOnlyList<string> Values);
