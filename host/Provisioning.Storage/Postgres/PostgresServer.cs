using Npgsql;

namespace Provisioning.Storage.Postgres;

/// <summary>Opens a database on a server: connects, and migrates while other hosts that start at the same moment wait.</summary>
internal static class PostgresServer
{
    // Any number will do as long as it stays the same.
    private const long MigrationLock = 7_243_092_551;

    // A server that is restarted is back within seconds. One that is not there at all is worth no longer a wait.
    private static readonly TimeSpan[] Pauses = [.. new[] { 0.2, 0.5, 1, 2, 4 }.Select(TimeSpan.FromSeconds)];

    public static PostgresDatabase Open(string connectionString, TimeProvider time, CancellationToken cancellationToken = default)
    {
        var source = new NpgsqlDataSourceBuilder(Complete(connectionString)).Build();
        try
        {
            for (var attempt = 0; ; attempt++)
            {
                try
                {
                    Prepare(source, time);
                    return new PostgresDatabase(source);
                }
                catch (NpgsqlException exception) when (PostgresFaults.IsLoss(exception) && attempt < Pauses.Length)
                {
                    Task.Delay(Pauses[attempt], cancellationToken).Wait(cancellationToken);
                }
            }
        }
        catch (NpgsqlException exception)
        {
            source.Dispose();
            var builder = new NpgsqlConnectionStringBuilder(connectionString);
            throw new InvalidOperationException(
                $"the database '{builder.Database ?? builder.Username}' at '{builder.Host}' cannot be opened: {exception.Message}", exception);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    private static void Prepare(NpgsqlDataSource source, TimeProvider time)
    {
        using var session = new SqlSession(source.OpenConnection(), PostgresDialect.Instance);
        session.Script($"SELECT pg_advisory_lock({MigrationLock})");
        try
        {
            // Without statistics the planner of a new database picks the wrong index.
            if (Migrator.Migrate(session, time.GetUtcNow()))
                session.Script("ANALYZE");
        }
        finally
        {
            session.Script($"SELECT pg_advisory_unlock({MigrationLock})");
        }

        CommitMark.Forget(session);
    }

    /// <exception cref="InvalidOperationException">It is no connection string.</exception>
    private static string Complete(string connectionString)
    {
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(connectionString);
            Default("Application Name", "provisioning");
            Default("Timeout", 5);
            Default("Max Auto Prepare", 200);
            Default("Auto Prepare Min Usages", 2);
            Default("Tcp Keepalive", true);
            return builder.ToString();

            void Default(string key, object value)
            {
                if (!builder.ShouldSerialize(key))
                    builder[key] = value;
            }
        }
        catch (ArgumentException exception)
        {
            // The message of the cause may repeat a part of the text, and the text has a password.
            throw new InvalidOperationException(
                "the database is no connection string; it looks like \"Host=db;Database=provisioning;Username=provisioning;Passfile=...\"", exception);
        }
    }
}
