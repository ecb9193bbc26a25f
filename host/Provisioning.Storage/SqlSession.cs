using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Provisioning.Storage;

/// <summary>One open connection and its commands by text. For one thread at a time.</summary>
internal sealed class SqlSession(DbConnection connection, SqlDialect dialect) : IDisposable
{
    private readonly Dictionary<string, DbCommand> _commands = new(StringComparer.Ordinal);

    public SqlDialect Dialect { get; } = dialect;

    /// <summary>Runs statements that are needed once and are not worth preparing.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "texts are constants and embedded resources, never input")]
    public void Script(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = Dialect.ScriptSeconds;
        command.ExecuteNonQuery();
    }

    /// <summary>Returns the number of rows changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Prepare(sql, parameters).ExecuteNonQuery();

    public object? Scalar(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var value = Prepare(sql, parameters).ExecuteScalar();
        return value is DBNull ? null : value;
    }

    public T? First<T>(string sql, Func<DbDataReader, T> map, params ReadOnlySpan<(string Name, object? Value)> parameters)
        where T : class
    {
        using var reader = Prepare(sql, parameters).ExecuteReader();
        return reader.Read() ? map(reader) : null;
    }

    public List<T> List<T>(string sql, Func<DbDataReader, T> map, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var reader = Prepare(sql, parameters).ExecuteReader();
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

    private object Value(object? value) => value switch
    {
        null => DBNull.Value,
        string text when !Dialect.Prepares => StorableText.Of(text),
        _ => value,
    };
}
