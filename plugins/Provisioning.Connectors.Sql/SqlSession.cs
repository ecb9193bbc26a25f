using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using Provisioning.Connectors.Csv;

namespace Provisioning.Connectors.Sql;

/// <summary>Runs statements on one connection, within one transaction if there is one.</summary>
internal sealed class SqlSession(SqlDialect dialect, DbConnection connection, DbTransaction? transaction, CancellationToken cancellationToken)
{
    /// <summary>Runs a statement and reads what it returns.</summary>
    public async Task<IReadOnlyList<SqlRow>> RunAsync(SqlStatement statement, SqlValues values)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var rows = new List<SqlRow>();
        await using var command = Command(statement, values);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(SqlRow.Read(reader));

        // An error after the first result would otherwise be left unread.
        while (await reader.NextResultAsync(cancellationToken))
        {
        }

        return rows;
    }

    /// <summary>Runs statements in order. Columns that one returns are parameters of the next.</summary>
    public async Task RunAllAsync(IEnumerable<SqlStatement> statements, SqlValues values)
    {
        foreach (var statement in statements)
        {
            foreach (var row in await RunAsync(statement, values))
            {
                foreach (var (column, value) in row.Columns)
                    values[column] = value;
            }
        }
    }

    /// <summary>Lets the database check a statement, and the right to run it, without running it.</summary>
    public async Task PrepareAsync(SqlStatement statement)
    {
        await using var command = Command(statement, new SqlValues());
        await command.PrepareAsync(cancellationToken);
        await dialect.CheckRightsAsync(command, cancellationToken);
    }

    /// <summary>The columns that a statement would give.</summary>
    public async Task<IReadOnlyList<(string Name, Type Type)>> ColumnsAsync(SqlStatement statement)
    {
        await using var command = Command(statement, new SqlValues());
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SchemaOnly, cancellationToken);
        return [.. Enumerable.Range(0, reader.FieldCount).Select(i => (reader.GetName(i), reader.GetFieldType(i)))];
    }

    [SuppressMessage("Security", "CA2100", Justification = "The text is the operator's statement as written in the settings; values are parameters.")]
    private DbCommand Command(SqlStatement statement, SqlValues values)
    {
        var command = connection.CreateCommand();
        command.CommandText = statement.Text;
        command.Transaction = transaction;
        foreach (var parameter in statement.Parameters)
        {
            // SQLite would keep something else, PostgreSQL's library fail in its own way.
            if (values[parameter] is JsonValue value && value.GetValueKind() == JsonValueKind.String && !UnicodeText.IsValid(value.ToString()))
                throw new ConnectorException(FailureKind.Rejected, $"the value of @{parameter} is no proper text: it has half of a surrogate pair");
            dialect.Bind(command, parameter, values[parameter]);
        }

        return command;
    }
}
