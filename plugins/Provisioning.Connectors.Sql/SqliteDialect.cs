using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

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
            throw new ConnectorException(FailureKind.Rejected, $"'connectionString' cannot be read: {e.Message}");
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

    public override FailureKind Kind(DbException failure, bool committing)
    {
        var error = (SqliteException)failure;
        return error.SqliteErrorCode switch
        {
            19 when error.SqliteExtendedErrorCode is 2067 or 1555 or 2579 => FailureKind.Conflict,
            // Busy, locked, out of memory or space, and errors of the disk pass.
            5 or 6 or 7 or 10 or 13 => FailureKind.Transient,
            3 or 8 or 14 or 23 or 26 => FailureKind.Unauthorized,
            _ => FailureKind.Rejected,
        };
    }

    public override string Code(DbException failure) => ((SqliteException)failure).SqliteExtendedErrorCode.ToString(CultureInfo.InvariantCulture);

    public override ValueTask DisposeAsync()
    {
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
        return ValueTask.CompletedTask;
    }
}
