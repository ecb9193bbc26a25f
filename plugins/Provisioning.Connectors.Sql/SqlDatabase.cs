using System.Data.Common;
using System.Net.Sockets;

namespace Provisioning.Connectors.Sql;

/// <summary>Opens connections and transactions, and turns errors into failures.</summary>
internal sealed class SqlDatabase(SqlSettings settings, ConnectorContext context) : IAsyncDisposable
{
    private const int MaximumMessage = 300;

    private readonly SqlDialect _dialect = SqlDialect.Of(settings, context);

    /// <summary>Work that only reads.</summary>
    public Task<T> ReadAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken) =>
        Detached.RunAsync(token => ReadNowAsync(work, token), cancellationToken);

    /// <summary>Work in one transaction. Whatever fails before the commit changed nothing.</summary>
    /// <param name="work">Runs in the transaction.</param>
    /// <param name="secret">A value that no failure may repeat.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <param name="creates">Whether an object is created: everything else can be done again when nobody knows whether it was committed.</param>
    public Task<T> WriteAsync<T>(Func<SqlSession, Task<T>> work, Secret? secret, CancellationToken cancellationToken, bool creates = false) =>
        Detached.RunAsync(token => WriteNowAsync(work, secret, creates, token), cancellationToken);

    /// <summary>The object with an id; fails with <see cref="FailureKind.Gone"/> when there is none.</summary>
    public async Task<Account> GetAsync(SqlSession session, SqlObject kind, string id)
    {
        try
        {
            var rows = await session.RunAsync(kind.Require(kind.Get, "get"), SqlValues.Of("id", id));
            if (rows.Count > 0)
                return rows[0].ToAccount(kind);
        }
        catch (DbException e) when (_dialect.IsNoId(e))
        {
            // What the column cannot hold is the id of nothing.
        }

        throw new ConnectorException(FailureKind.Gone, $"'{kind.Name}.get' finds nothing with the id '{id}'");
    }

    public ConnectorException Failure(DbException failure, SqlStep step, Secret? secret = null)
    {
        var kind = _dialect.Kind(failure, step);
        var message = kind == FailureKind.Ambiguous ? "the connection was lost while the transaction was committed" : failure.Message.ReplaceLineEndings(" ");
        // A database likes to quote the value that it could not take.
        if (secret?.Reveal() is { Length: > 0 } clear && failure.ToString().Contains(clear, StringComparison.Ordinal))
            return new ConnectorException(kind, "the database refused the password") { TargetCode = _dialect.Code(failure) };
        return new ConnectorException(kind, message.Length <= MaximumMessage ? message : message[..MaximumMessage], failure) { TargetCode = _dialect.Code(failure) };
    }

    public ValueTask DisposeAsync() => _dialect.DisposeAsync();

    private async Task<T> ReadNowAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken)
    {
        var step = SqlStep.Opening;
        try
        {
            await using var connection = await _dialect.OpenAsync(cancellationToken);
            step = SqlStep.Reading;
            return await work(new SqlSession(_dialect, connection, null, cancellationToken));
        }
        catch (Exception e) when (Translated(e, step, secret: null) is { } failure)
        {
            throw failure;
        }
    }

    private async Task<T> WriteNowAsync<T>(Func<SqlSession, Task<T>> work, Secret? secret, bool creates, CancellationToken cancellationToken)
    {
        var step = SqlStep.Opening;
        try
        {
            await using var connection = await _dialect.OpenAsync(cancellationToken);
            step = SqlStep.Running;
            await using var transaction = await connection.BeginTransactionAsync(SqlDialect.Isolation(settings), cancellationToken);
            var result = await work(new SqlSession(_dialect, connection, transaction, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
            step = SqlStep.Committing;
            await transaction.CommitAsync(cancellationToken);
            return result;
        }
        catch (Exception e) when (Translated(e, step, secret) is { } failure)
        {
            throw failure.Kind == FailureKind.Ambiguous && !creates
                ? new ConnectorException(FailureKind.Transient, failure.Message, failure.InnerException) { TargetCode = failure.TargetCode }
                : failure;
        }
    }

    /// <summary>What an error of the database or of its library means; null for what is neither.</summary>
    private ConnectorException? Translated(Exception exception, SqlStep step, Secret? secret) => exception switch
    {
        DbException error => Failure(error, step, secret),
        // The cause is left out: it may quote the value.
        ArgumentException or FormatException or OverflowException or InvalidCastException or NotSupportedException when step is SqlStep.Running or SqlStep.Reading =>
            new ConnectorException(FailureKind.Rejected, "a value cannot be sent to the database, for example because it is no proper text"),
        TimeoutException or IOException or SocketException or InvalidOperationException => new ConnectorException(
            step == SqlStep.Committing ? FailureKind.Ambiguous : FailureKind.Transient, "the connection to the database failed", exception),
        _ => null,
    };
}
