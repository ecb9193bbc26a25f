using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Provisioning.Storage;

/// <summary>One open connection and its commands by text. For one thread at a time.</summary>
internal sealed class SqlSession(DbConnection connection, SqlDialect dialect) : IDisposable
{
    private readonly Dictionary<string, DbCommand> _commands = new(StringComparer.Ordinal);
    private readonly PostedStatements _posted = new(connection);

    public SqlDialect Dialect { get; } = dialect;

    /// <summary>Runs statements that are needed once and are not worth preparing.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "texts are constants and embedded resources, never input")]
    public void Script(string sql)
    {
        _posted.Send();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = Dialect.ScriptSeconds;
        command.ExecuteNonQuery();
    }

    /// <summary>
    /// Runs a statement whose outcome is not asked for: on a server it goes along with the next one, and what it fails of comes out there.
    /// In the order of all statements; nothing is left behind by a commit.
    /// </summary>
    public void Post(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (connection.CanCreateBatch)
            _posted.Add(sql, parameters);
        else
            Execute(sql, parameters);
    }

    /// <summary>Ends the transaction with nothing stored, sent or not.</summary>
    public void Rollback()
    {
        _posted.Clear();
        Script("ROLLBACK");
    }

    /// <summary>Returns the number of rows changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        _posted.Any ? _posted.Execute(sql, parameters) : Prepare(sql, parameters).ExecuteNonQuery();

    public object? Scalar(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var value = _posted.Any ? First(sql, parameters) : Prepare(sql, parameters).ExecuteScalar();
        return value is DBNull ? null : value;
    }

    public T? First<T>(string sql, Func<DbDataReader, T> map, params ReadOnlySpan<(string Name, object? Value)> parameters)
        where T : class
    {
        using var reader = Read(sql, parameters);
        return reader.Read() ? map(reader) : null;
    }

    public List<T> List<T>(string sql, Func<DbDataReader, T> map, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var reader = Read(sql, parameters);
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(map(reader));
        return rows;
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values)
            command.Dispose();
        connection.Dispose();
    }

    private object? First(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var reader = Read(sql, parameters);
        return reader.Read() ? reader.GetValue(0) : null;
    }

    private DbDataReader Read(string sql, ReadOnlySpan<(string Name, object? Value)> parameters) =>
        _posted.Any ? _posted.Read(sql, parameters) : Prepare(sql, parameters).ExecuteReader();

    [SuppressMessage("Security", "CA2100", Justification = "texts are put together from constants; values are parameters")]
    private DbCommand Prepare(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, _) in parameters)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = name;
                command.Parameters.Add(parameter);
            }

            // Not left to the first run: a reader that stops after one row would leave the command to be prepared again.
            if (Dialect.Prepares)
                command.Prepare();
            _commands.Add(sql, command);
        }

        // One text always comes with the same parameters in the same order.
        for (var i = 0; i < parameters.Length; i++)
            command.Parameters[i].Value = Value(parameters[i].Value);
        return command;
    }

    private object Value(object? value) => Dialect.Prepares ? value ?? DBNull.Value : StorableText.OfValue(value);
}
