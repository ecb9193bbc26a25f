using Provisioning.Core.Ledger;
using Provisioning.Core.Reconciling;
using Provisioning.Core.Targets;
using Provisioning.Core.Users;
using Provisioning.Storage.Postgres;
using Provisioning.Storage.Sqlite;

namespace Provisioning.Storage;

/// <summary>Everything the host remembers: in one SQLite file that one host at a time may open, or in a PostgreSQL database for many.</summary>
public sealed class ProvisioningStorage : IAsyncDisposable
{
    private ProvisioningStorage(Database database, TimeProvider time)
    {
        Database = database;
        Ledger = new SqlLedger(database, time);
        Users = new SqlUserStore(database);
        Settings = new SqlSettingsStore(database);
        Audit = new SqlAuditTrail(database, time);
        Nodes = new SqlNodeRegistry(database, time);
        Targets = new SqlTargetStore(database, time);
        Retention = new SqlRetention(database, time);
        Leases = new SqlNamedLeases(database, time);
        Reconciliations = new SqlReconciliationStore(database, time);
        DueTimes = new SqlDueTimes(database, time);
        Beats = new SqlBeatCounter(database);
        Pace = database is PostgresDatabase ? new PostgresPace(database) : new LocalPace(time);
    }

    public ILedger Ledger { get; }

    public IUserStore Users { get; }

    public ISettingsStore Settings { get; }

    public IAuditTrail Audit { get; }

    public INodeRegistry Nodes { get; }

    public ITargetStore Targets { get; }

    public IRetention Retention { get; }

    public INamedLeases Leases { get; }

    public IReconciliationStore Reconciliations { get; }

    public IDueTimes DueTimes { get; }

    public IBeatCounter Beats { get; }

    /// <summary>Shared by all hosts on the database.</summary>
    public IPace Pace { get; }

    internal Database Database { get; }

    /// <exception cref="InvalidOperationException">Another host has the file open, a newer host wrote it, or the file cannot be used. The message says what to do.</exception>
    public static Task<ProvisioningStorage> OpenSqliteAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(time);
        return Task.Run(() => new ProvisioningStorage(OpenSqlite(Path.GetFullPath(path), time), time), cancellationToken);
    }

    /// <param name="connectionString">In Npgsql's form, for example <c>Host=db;Database=provisioning;Username=provisioning</c>.</param>
    /// <exception cref="InvalidOperationException">The database cannot be reached or used, or a newer host wrote it.</exception>
    public static Task<ProvisioningStorage> OpenPostgresAsync(string connectionString, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        ArgumentNullException.ThrowIfNull(time);
        return Task.Run(() => new ProvisioningStorage(PostgresServer.Open(connectionString, time, cancellationToken), time), cancellationToken);
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    private static SqliteDatabase OpenSqlite(string path, TimeProvider time)
    {
        var file = new SqliteFile(path);
        SqlSession? writer = null;
        try
        {
            writer = file.Open(readOnly: false);
            Migrator.Migrate(writer, time.GetUtcNow());

            // This host holds the folder alone, so whoever held a lease is dead. Ended leases are claimed at once, and as uncertain.
            writer.Execute("UPDATE assignments SET lease_until = 0 WHERE lease_token IS NOT NULL");
            writer.Execute("DELETE FROM leases");
            return new SqliteDatabase(file, writer);
        }
        catch (Exception exception)
        {
            writer?.Dispose();
            file.Dispose();
            if (SqliteFaults.WhyNotOpen(path, exception) is { } why)
                throw new InvalidOperationException(why, exception);
            throw;
        }
    }
}
