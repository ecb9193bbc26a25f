namespace Provisioning.Host.Configuration;

/// <summary>A secret reference cannot be resolved.</summary>
internal sealed class SecretException(string message) : Exception(message);
