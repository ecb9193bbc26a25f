namespace Provisioning.Xacml;

/// <summary>Why something is Indeterminate.</summary>
internal sealed record Status(string Code, string Message);
