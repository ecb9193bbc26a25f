using Microsoft.Data.Sqlite;

namespace Provisioning.Storage.Sqlite;

/// <summary>What a failure of the database file means to who wanted to write.</summary>
internal static class SqliteFaults
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int InputOutput = 10;
    private const int Full = 13;

    /// <summary>The failure in words, if it is the file's and passes; else as it is.</summary>
    public static Exception Explain(Exception exception) => exception is not SqliteException sqlite ? exception : sqlite.SqliteErrorCode switch
    {
        Busy or Locked => new DatabaseUnavailableException("the database file is locked by another process; nothing was stored", exception),
        Full => new DatabaseUnavailableException("the disk of the database is full; nothing was stored: make room in the data folder", exception),
        InputOutput => new DatabaseUnavailableException("the database file cannot be written, maybe for want of room; nothing was stored", exception),
        _ => exception,
    };
}
