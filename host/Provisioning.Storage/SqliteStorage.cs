using Provisioning.Core.Ledger;
using Provisioning.Core.Users;

namespace Provisioning.Storage;

/// <summary>Everything the host remembers, in one SQLite file that one host at a time may open.</summary>
public sealed class SqliteStorage : IAsyncDisposable
{
    private readonly FileStream _lock;

    private SqliteStorage(FileStream @lock, SqliteDatabase database, TimeProvider time)
    {
        _lock = @lock;
        Database = database;
        Ledger = new SqliteLedger(database, time);
        Users = new SqliteUserStore(database);
        Settings = new SqliteSettingsStore(database);
        Audit = new SqliteAuditTrail(database, time);
    }

    public ILedger Ledger { get; }

    public IUserStore Users { get; }

    public ISettingsStore Settings { get; }

    public IAuditTrail Audit { get; }

    internal SqliteDatabase Database { get; }

    /// <exception cref="InvalidOperationException">Another host has it open, or a newer host wrote it.</exception>
    public static Task<SqliteStorage> OpenAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(time);
        return Task.Run(() => Open(Path.GetFullPath(path), time), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        // The lock goes last: nobody may open the file while the last writes are under way.
        await Database.DisposeAsync();
        await _lock.DisposeAsync();
    }

    private static SqliteStorage Open(string path, TimeProvider time)
    {
        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        var @lock = Lock(path, folder);
        SqlSession? writer = null;
        try
        {
            writer = SqlSession.Open(path, readOnly: false);
            Migrator.Migrate(writer, time.GetUtcNow());

            // This host holds the folder alone, so whoever held a lease is dead. Ended leases are claimed at once, and as uncertain.
            writer.Execute("UPDATE assignments SET lease_until = 0 WHERE lease_owner IS NOT NULL");
            return new SqliteStorage(@lock, new SqliteDatabase(path, writer), time);
        }
        catch
        {
            writer?.Dispose();
            @lock.Dispose();
            throw;
        }
    }

    private static FileStream Lock(string path, string folder)
    {
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new InvalidOperationException($"the folder '{folder}' is in use by another host; one host at a time", exception);
        }
    }
}
