namespace Provisioning.Host.Configuration;

/// <summary>A secret reference that leads to nothing. Names the reference, never a value.</summary>
internal sealed class SecretNotFoundException(string message) : Exception(message);
