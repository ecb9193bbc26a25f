using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Provisioning.Benchmarks.Backlog;

/// <summary>What the stores hold, read beside the hosts.</summary>
internal sealed class Ledger(string data, string? database)
{
    /// <summary>Triggers of the drains. There is at most one for each identity provider, however much is pending.</summary>
    public long Triggers()
    {
        using var connection = Open("schedule.db");
        return Number(connection, "SELECT COUNT(*) FROM qrtz_triggers WHERE trigger_group = 'drain'");
    }

    /// <summary>In bytes.</summary>
    public long Size()
    {
        if (database is null)
            return new DirectoryInfo(data).EnumerateFiles("provisioning.db*").Sum(x => x.Length);
        using var connection = Open("provisioning.db");
        return Number(connection, "SELECT pg_database_size(current_database())");
    }

    private DbConnection Open(string file)
    {
        DbConnection connection = database is null
            ? new SqliteConnection($"Data Source={Path.Combine(data, file)};Mode=ReadOnly;Pooling=False")
            : new NpgsqlConnection(database);
        connection.Open();
        return connection;
    }

    [SuppressMessage("Security", "CA2100", Justification = "texts are constants")]
    private static long Number(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
