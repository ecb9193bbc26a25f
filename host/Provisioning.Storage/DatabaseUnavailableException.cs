namespace Provisioning.Storage;

/// <summary>The database could not be reached for too long.</summary>
public sealed class DatabaseUnavailableException(string message, Exception cause) : IOException(message, cause);
