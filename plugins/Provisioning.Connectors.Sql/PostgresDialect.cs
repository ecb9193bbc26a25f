using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using NpgsqlTypes;

namespace Provisioning.Connectors.Sql;

/// <summary>PostgreSQL. Values go as text of unknown type, so that the server makes of them what the column is.</summary>
internal sealed class PostgresDialect : SqlDialect
{
    private readonly NpgsqlDataSource _source;

    public PostgresDialect(SqlSettings settings)
    {
        NpgsqlConnectionStringBuilder builder;
        try
        {
            builder = new NpgsqlConnectionStringBuilder(settings.ConnectionString);
        }
        catch (ArgumentException e)
        {
            throw new ConnectorException(FailureKind.Rejected, $"'connectionString' cannot be read: {e.Message}");
        }

        if (settings.Password is { } password)
            builder.Password = password.Reveal();
        builder.CommandTimeout = Math.Max(1, (int)settings.Timeout.TotalSeconds);
        // A server that does not answer does not answer a request to cancel either.
        builder.CancellationTimeout = -1;
        builder.PersistSecurityInfo = false;
        builder.IncludeErrorDetail = false;
        _source = new NpgsqlDataSourceBuilder(builder.ConnectionString).Build();
    }

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken) => await _source.OpenConnectionAsync(cancellationToken);

    public override void Bind(DbCommand command, string name, JsonNode? value)
    {
        object text = value?.GetValueKind() switch
        {
            null => DBNull.Value,
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Object or JsonValueKind.Array => value.ToJsonString(),
            _ => value.ToString(),
        };
        ((NpgsqlCommand)command).Parameters.Add(new NpgsqlParameter(name, NpgsqlDbType.Unknown) { Value = text });
    }

    public override FailureKind Kind(DbException failure, bool committing)
    {
        if (failure is PostgresException { SqlState: var state })
            return Kind(state);
        return committing ? FailureKind.Ambiguous : FailureKind.Transient;
    }

    public override string Code(DbException failure) => (failure as PostgresException)?.SqlState ?? "connection";

    public override bool IsNoId(DbException failure) => failure is PostgresException { SqlState: "22P02" or "22003" };

    public override ValueTask DisposeAsync() => _source.DisposeAsync();

    private static FailureKind Kind(string state) => state switch
    {
        "23505" or "23P01" => FailureKind.Conflict,
        "08007" or "40003" => FailureKind.Ambiguous,
        "40001" or "40P01" or "55P03" or "55006" => FailureKind.Transient,
        // A wrong password, a missing right or database: every account would fail alike until somebody looks.
        "42501" or "3D000" => FailureKind.Unauthorized,
        _ => state[..2] switch
        {
            "08" or "53" or "57" or "58" => FailureKind.Transient,
            "28" => FailureKind.Unauthorized,
            _ => FailureKind.Rejected,
        },
    };
}
