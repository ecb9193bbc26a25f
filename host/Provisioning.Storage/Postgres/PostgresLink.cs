using Npgsql;

namespace Provisioning.Storage.Postgres;

/// <summary>A connection that is opened when it is needed and thrown away when it failed.</summary>
internal sealed class PostgresLink(NpgsqlDataSource source) : IDisposable
{
    /// <summary>How long work waits for a server that is away (a restart, a failover) before its caller is told.</summary>
    private const long Patience = 30_000;

    private SqlSession? _session;

    public SqlSession Open() => _session ??= new SqlSession(source.OpenConnection(), PostgresDialect.Instance);

    /// <summary>After a failure that says nothing about the connection.</summary>
    public void Rollback()
    {
        try
        {
            _session?.Rollback();
        }
        catch (NpgsqlException)
        {
            Drop();
        }
    }

    public void Drop()
    {
        try
        {
            _session?.Dispose();
        }
        catch (NpgsqlException)
        {
            // It is broken, which is why it goes.
        }

        _session = null;
    }

    /// <summary>Waits a little, or throws if the operation has waited long enough.</summary>
    public void Wait(SqlOperation operation, int attempt, Exception cause)
    {
        Drop();
        if (Environment.TickCount64 - operation.Queued > Patience)
            throw new DatabaseUnavailableException("the database has not answered for 30 seconds", cause);
        Pause(attempt);
    }

    /// <summary>A random time that grows, so that two who met do not meet again.</summary>
    public static void Pause(int attempt) =>
        Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, Math.Min(500, 10 << Math.Min(attempt, 6))))).Wait();

    public void Dispose() => Drop();
}
