namespace Provisioning.Xacml;

/// <summary>An attribute that loaded policies ask for.</summary>
/// <param name="Category">Its category.</param>
/// <param name="AttributeId">Its identifier.</param>
/// <param name="DataType">The type of the values.</param>
/// <param name="Issuer">Who has to vouch for it; null if that does not matter.</param>
public sealed record NeededAttribute(string Category, string AttributeId, DataType DataType, string? Issuer);
