using System.Data;
using System.Data.Common;
using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Sql;

/// <summary>What differs between databases: connecting, handing over values, and the meaning of errors.</summary>
internal abstract class SqlDialect : IAsyncDisposable
{
    public abstract Task<DbConnection> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Adds a parameter.</summary>
    public abstract void Bind(DbCommand command, string name, JsonNode? value);

    /// <summary>How to recover from an error.</summary>
    /// <param name="failure">The error.</param>
    /// <param name="step">What was being done.</param>
    public abstract FailureKind Kind(DbException failure, SqlStep step);

    /// <summary>Asks whether the database user may run a statement, without running it. Fails with the database's own error if it may not.</summary>
    public virtual Task CheckRightsAsync(DbCommand command, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The database's own code.</summary>
    public abstract string Code(DbException failure);

    /// <summary>Whether a value cannot be an id at all, by the type of the column.</summary>
    public virtual bool IsNoId(DbException failure) => false;

    public abstract ValueTask DisposeAsync();

    public static SqlDialect Of(SqlSettings settings, ConnectorContext context) => settings.Provider == SqlProvider.Sqlite
        ? new SqliteDialect(settings, context)
        : new PostgresDialect(settings);

    public static IsolationLevel Isolation(SqlSettings settings) => settings.Serializable ? IsolationLevel.Serializable : IsolationLevel.ReadCommitted;
}
