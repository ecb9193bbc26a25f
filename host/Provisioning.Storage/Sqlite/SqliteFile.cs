using Microsoft.Data.Sqlite;

namespace Provisioning.Storage.Sqlite;

/// <summary>A database file, and the lock beside it that lets in one host at a time.</summary>
internal sealed class SqliteFile(string path) : IDisposable
{
    private readonly FileStream _lock = Lock(path);

    /// <exception cref="InvalidOperationException">Another host has it.</exception>
    private static FileStream Lock(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new InvalidOperationException(
                $"the folder '{folder}' is in use by another host; one host at a time, or several on PostgreSQL with --database", exception);
        }
    }

    public SqlSession Open(bool readOnly)
    {
        // The sessions are kept by us; pooled connections would outlive the lock file.
        var builder = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 5 };
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
            return session;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public void Dispose() => _lock.Dispose();
}
