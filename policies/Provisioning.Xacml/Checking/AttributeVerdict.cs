namespace Provisioning.Xacml;

/// <summary>What an application knows of an attribute that policies ask for.</summary>
/// <param name="DataType">The type of its values; null if requests never have it.</param>
/// <param name="Hint">If requests never have it, what may have been meant, as the end of a sentence; "" if nothing is near.</param>
public sealed record AttributeVerdict(DataType? DataType, string Hint = "");
