namespace Provisioning.Xacml;

/// <summary>A value of a request with its issuer.</summary>
internal sealed record RequestValue(string? Issuer, Value Value);
