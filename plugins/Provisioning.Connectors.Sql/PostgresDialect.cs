using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Security.Authentication;
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
            throw new ConnectorException(FailureKind.Misconfigured, $"'connectionString' cannot be read: {e.Message}");
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

    public override FailureKind Kind(DbException failure, SqlStep step) => failure switch
    {
        // Who may not even sign on or read may do nothing.
        PostgresException { SqlState: "42501" } when step is SqlStep.Opening or SqlStep.Reading => FailureKind.Unauthorized,
        PostgresException { SqlState: var state } => Kind(state),
        { InnerException: AuthenticationException } => FailureKind.Misconfigured,
        // The library has no code for a server without TLS.
        { InnerException: null } when step == SqlStep.Opening && failure.Message.StartsWith("SSL connection requested", StringComparison.Ordinal) => FailureKind.Misconfigured,
        { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData } } => FailureKind.Misconfigured,
        _ => step == SqlStep.Committing ? FailureKind.Ambiguous : FailureKind.Transient,
    };

    // Preparing asks for no rights; explaining does, and executes nothing. What cannot be explained, such as CALL, is not asked about.
    [SuppressMessage("Security", "CA2100", Justification = "The text is the operator's statement as written in the settings; values are parameters.")]
    public override async Task CheckRightsAsync(DbCommand command, CancellationToken cancellationToken)
    {
        command.CommandText = "EXPLAIN " + command.CommandText;
        try
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException failure) when (failure.SqlState is not ("42501" or "42P10"))
        {
            // It says something of explaining, or of the values that are missing here.
        }
    }

    public override string Code(DbException failure) => (failure as PostgresException)?.SqlState ?? "connection";

    public override bool IsNoId(DbException failure) => failure is PostgresException { SqlState: "22P02" or "22003" };

    public override ValueTask DisposeAsync() => _source.DisposeAsync();

    private static FailureKind Kind(string state) => state switch
    {
        "23505" or "23P01" => FailureKind.Conflict,
        "08007" or "40003" => FailureKind.Ambiguous,
        "40001" or "40P01" or "55P03" or "55006" => FailureKind.Transient,
        // A row that this user may not write, by a policy or a trigger; a table that it may not write is found by the test of the connection.
        "42501" => FailureKind.Rejected,
        // A database that is not there, a server that is a copy until somebody, or it itself, changes that.
        "3D000" or "3F000" => FailureKind.Misconfigured,
        "25006" => FailureKind.Transient,
        _ => state[..2] switch
        {
            // A table, a column or a function that is not there, a statement that is none: every account would fail alike.
            "42" => FailureKind.Misconfigured,
            "08" or "53" or "57" or "58" => FailureKind.Transient,
            "28" => FailureKind.Unauthorized,
            _ => FailureKind.Rejected,
        },
    };
}
