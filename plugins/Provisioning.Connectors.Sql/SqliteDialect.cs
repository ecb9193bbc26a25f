using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Provisioning.Connectors.Sql;

/// <summary>A SQLite file. It must exist: a mistyped name must not become an empty database.</summary>
internal sealed class SqliteDialect : SqlDialect
{
    private readonly string _connectionString;

    public SqliteDialect(SqlSettings settings, ConnectorContext context)
    {
        SqliteConnectionStringBuilder builder;
        try
        {
            builder = new SqliteConnectionStringBuilder(settings.ConnectionString);
        }
        catch (ArgumentException e)
        {
            throw new ConnectorException(FailureKind.Misconfigured, $"'connectionString' cannot be read: {e.Message}");
        }

        if (builder.DataSource.Length > 0 && builder.DataSource != ":memory:")
            builder.DataSource = Path.GetFullPath(builder.DataSource, Path.GetFullPath(context.BaseDirectory));
        if (builder.Mode == SqliteOpenMode.ReadWriteCreate)
            builder.Mode = SqliteOpenMode.ReadWrite;
        if (settings.Password is { } password)
            builder.Password = password.Reveal();
        builder.DefaultTimeout = Math.Max(1, (int)settings.Timeout.TotalSeconds);
        builder.ForeignKeys ??= true;
        _connectionString = builder.ConnectionString;
    }

    public override Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();
            return Task.FromResult<DbConnection>(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public override void Bind(DbCommand command, string name, JsonNode? value)
    {
        object bound = value?.GetValueKind() switch
        {
            null => DBNull.Value,
            JsonValueKind.True => 1L,
            JsonValueKind.False => 0L,
            JsonValueKind.Number when long.TryParse(value.ToString(), CultureInfo.InvariantCulture, out var whole) => whole,
            JsonValueKind.Number => double.Parse(value.ToString(), CultureInfo.InvariantCulture),
            JsonValueKind.Object or JsonValueKind.Array => value.ToJsonString(),
            _ => value.ToString(),
        };
        ((SqliteCommand)command).Parameters.AddWithValue("@" + name, bound);
    }

    // Preparing does not meet a file that takes no writes.
    public override Task CheckRightsAsync(DbCommand command, CancellationToken cancellationToken)
    {
        var text = command.CommandText.TrimStart();
        var reads = text.StartsWith("SELECT", StringComparison.OrdinalIgnoreCase) || text.StartsWith("WITH", StringComparison.OrdinalIgnoreCase);
        if (!reads && raw.sqlite3_db_readonly(((SqliteConnection)command.Connection!).Handle, "main") == 1)
            throw new SqliteException("the file takes no writes", raw.SQLITE_READONLY);
        return Task.CompletedTask;
    }

    public override FailureKind Kind(DbException failure, SqlStep step)
    {
        var error = (SqliteException)failure;
        return error.SqliteErrorCode switch
        {
            19 when error.SqliteExtendedErrorCode is 2067 or 1555 or 2579 => FailureKind.Conflict,
            // Busy, locked, out of memory or space, and errors of the disk pass.
            5 or 6 or 7 or 10 or 13 => FailureKind.Transient,
            // A file that is missing, broken, somebody else's or no database at all.
            3 or 8 or 11 or 14 or 23 or 26 => FailureKind.Misconfigured,
            1 when IsAboutTables(error.Message) => FailureKind.Misconfigured,
            _ => FailureKind.Rejected,
        };
    }

    // One code for a table or a column that is not there, a statement that is none, and a value that a function does not take.
    private static bool IsAboutTables(string message) =>
        message.Contains("no such", StringComparison.Ordinal) || message.Contains("no column named", StringComparison.Ordinal)
        || message.Contains("syntax error", StringComparison.Ordinal) || message.Contains("incomplete input", StringComparison.Ordinal);

    public override string Code(DbException failure) => ((SqliteException)failure).SqliteExtendedErrorCode.ToString(CultureInfo.InvariantCulture);

    public override ValueTask DisposeAsync()
    {
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
        return ValueTask.CompletedTask;
    }
}
