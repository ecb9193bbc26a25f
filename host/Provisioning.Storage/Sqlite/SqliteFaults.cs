using Microsoft.Data.Sqlite;

namespace Provisioning.Storage.Sqlite;

/// <summary>What a failure of the database file means to somebody who wanted to use it.</summary>
internal static class SqliteFaults
{
    private const int Permission = 3;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    /// <summary>The failure in words, if it is the file's and passes; else as it is.</summary>
    public static Exception Explain(Exception exception) => exception is not SqliteException sqlite ? exception : sqlite.SqliteErrorCode switch
    {
        Busy or Locked => new DatabaseUnavailableException("the database file is locked by another process; nothing was stored", exception),
        Full => new DatabaseUnavailableException("the disk of the database is full; nothing was stored: make room in the data folder", exception),
        InputOutput => new DatabaseUnavailableException("the database file cannot be written, maybe for want of room; nothing was stored", exception),
        _ => exception,
    };

    /// <summary>Why a file cannot be opened, in a sentence that says what to do; null where that is not known.</summary>
    public static string? WhyNotOpen(string path, Exception exception) => exception switch
    {
        SqliteException { SqliteErrorCode: NotADatabase } => $"the file '{path}' is not a database; move it away, or restore a backup over it",
        SqliteException { SqliteErrorCode: Corrupt } => $"the database '{path}' is damaged; restore a backup",
        SqliteException { SqliteErrorCode: Full } => $"the disk of the database '{path}' is full; make room",
        SqliteException { SqliteErrorCode: Busy or Locked } => $"the database '{path}' is locked by another process; stop that one",
        SqliteException { SqliteErrorCode: Permission or ReadOnly or CannotOpen } or UnauthorizedAccessException =>
            $"the database '{path}' cannot be opened for writing; the user of the host needs the rights to read and write it",
        SqliteException { SqliteErrorCode: InputOutput } => $"the database '{path}' cannot be read or written; the disk may be full or damaged",
        // The file is a database, and a script or a statement does not fit what is in it.
        SqliteException other => $"the database '{path}' cannot be used: {other.Message}; it is damaged, or not a database of this program",
        IOException other => $"the database '{path}' cannot be opened: {other.Message}",
        _ => null,
    };
}
