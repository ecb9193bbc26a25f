namespace Provisioning.Storage;

/// <summary>The database could not be reached for too long.</summary>
public class DatabaseUnavailableException(string message, Exception? cause = null) : IOException(message, cause);
