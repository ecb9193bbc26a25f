namespace Provisioning.Xacml;

/// <summary>What a bag is found by. A null issuer is "whoever".</summary>
internal readonly record struct AttributeKey(string Category, string Id, DataType Type, string? Issuer);
