using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Provisioning.Storage.Sqlite;

/// <summary>Whether the file of an open database still lies where it was opened.</summary>
internal static class SqliteMove
{
    // SQLITE_FCNTL_HAS_MOVED. Only where files can be removed while they are open; elsewhere SQLite knows no such question.
    private const int HasMoved = 20;

    /// <summary>True if the file was deleted, moved, or replaced by another one: what is written to it is lost with the process.</summary>
    public static bool IsAway(SqliteConnection connection) =>
        connection.Handle is { IsInvalid: false } handle
        && FileControl(handle.DangerousGetHandle(), 0, HasMoved, out var moved) == 0
        && moved != 0;

    // Without a name it is the main database.
    [DllImport("e_sqlite3", EntryPoint = "sqlite3_file_control")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static extern int FileControl(nint database, nint name, int operation, out int result);
}
