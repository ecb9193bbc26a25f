using Microsoft.Data.Sqlite;

namespace Provisioning.Storage.Sqlite;

/// <summary>A database file, and the lock beside it that lets in one host at a time.</summary>
internal sealed class SqliteFile(string path) : IDisposable
{
    private readonly FileStream _lock = Lock(path);
    private SqliteConnection? _writer;

    public string Path { get; } = path;

    /// <summary>True if the file was deleted, moved, or replaced by another one since the writing session was opened.</summary>
    public bool IsAway => _writer is { } writer && SqliteMove.IsAway(writer);

    public SqlSession Open(bool readOnly)
    {
        // SQLite gives the files beside it the rights of this one. A reader must not make the file: it may have been removed.
        if (!readOnly)
            DataFile.Ensure(Path);

        // The sessions are kept by us; pooled connections would outlive the lock file.
        var builder = new SqliteConnectionStringBuilder { DataSource = Path, Pooling = false, DefaultTimeout = 5, Mode = SqliteOpenMode.ReadWrite };
        var connection = new SqliteConnection(builder.ToString());
        try
        {
            connection.Open();
            var session = new SqlSession(connection, SqliteDialect.Instance);
            session.Script("PRAGMA busy_timeout=5000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");

            // Fewer checkpoints: each one flushes the database file while all writers wait.
            session.Script("PRAGMA wal_autocheckpoint=4000; PRAGMA cache_size=-32000;");
            if (readOnly)
                session.Script("PRAGMA query_only=1;");
            else
                _writer = connection;
            return session;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public void Dispose() => _lock.Dispose();

    /// <exception cref="InvalidOperationException">Another host has it.</exception>
    private static FileStream Lock(string path)
    {
        var folder = System.IO.Path.GetDirectoryName(path)!;
        try
        {
            DataFile.EnsureFolder(folder);
            DataFile.Ensure(path + ".lock");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"the folder '{folder}' cannot be written: {exception.Message}", exception);
        }

        try
        {
            return DataFile.Open(path + ".lock", FileMode.OpenOrCreate, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new InvalidOperationException(
                $"the folder '{folder}' is in use by another host; one host at a time, or several on PostgreSQL with --database", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new InvalidOperationException($"the file '{path}.lock' cannot be written: {exception.Message}", exception);
        }
    }
}
