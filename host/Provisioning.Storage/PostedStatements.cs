using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Provisioning.Storage;

/// <summary>Statements that travel to a server together with the next one, so that all of them take one round trip.</summary>
internal sealed class PostedStatements(DbConnection connection)
{
    private DbBatch? _batch;
    private int _results;

    public bool Any => _batch is not null;

    /// <summary>Appends one. A SELECT is there for its locks: its rows are passed over.</summary>
    public void Add(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        Append(sql, parameters);
        if (sql.StartsWith("SELECT", StringComparison.Ordinal))
            _results++;
    }

    /// <summary>Sends them alone.</summary>
    public void Send()
    {
        using var batch = Take(out _);
        batch?.ExecuteNonQuery();
    }

    /// <summary>Sends them and this one. Returns the number of rows this one changed.</summary>
    public int Execute(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var last = Append(sql, parameters);
        using var batch = Take(out _)!;
        batch.ExecuteNonQuery();
        return last.RecordsAffected;
    }

    /// <summary>Sends them and this one. Returns the rows of this one.</summary>
    public DbDataReader Read(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        Append(sql, parameters);

        // Not disposed: the driver would give it away while its rows are read.
        var reader = Take(out var results)!.ExecuteReader();
        try
        {
            for (var i = 0; i < results; i++)
                reader.NextResult();
            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    public void Clear() => Take(out _)?.Dispose();

    [SuppressMessage("Security", "CA2100", Justification = "texts are put together from constants; values are parameters")]
    private DbBatchCommand Append(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        _batch ??= connection.CreateBatch();
        var command = _batch.CreateBatchCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = StorableText.OfValue(value);
            command.Parameters.Add(parameter);
        }

        _batch.BatchCommands.Add(command);
        return command;
    }

    private DbBatch? Take(out int results)
    {
        var batch = _batch;
        (_batch, results, _results) = (null, _results, 0);
        return batch;
    }
}
