namespace Provisioning.Storage;

/// <summary>The file of the open database was removed or replaced. Nothing is stored until it lies there again.</summary>
public sealed class DatabaseAwayException(string path) : DatabaseUnavailableException(
    $"the database file '{path}' was removed or replaced while the host runs; nothing is stored: put the file back, or restart the host to work with what is there now");
