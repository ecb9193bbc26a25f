using Npgsql;

namespace Provisioning.Storage.Postgres;

/// <summary>
/// One writing thread. Writes that wait at the same moment share a transaction. If one of them fails, or meets a transaction of
/// somebody else, nothing was stored and each is done again alone.
/// </summary>
/// <param name="source">Of its connection.</param>
/// <param name="queue">Of what is to be written.</param>
/// <param name="taker">What of it is for this one.</param>
internal sealed class PostgresWriter(NpgsqlDataSource source, OperationQueue queue, OperationTaker taker)
{
    // Small, because the rows stay locked until the commit.
    private const int MaxBatch = 32;
    private const int MaxConflicts = 10;

    private readonly CommitMark _mark = new();

    public void Run()
    {
        using var link = new PostgresLink(source);
        var batch = new List<SqlOperation>(MaxBatch);
        while (queue.Take(batch, MaxBatch, taker))
        {
            if (batch.Count > 1 && TryTogether(batch, link))
                continue;
            foreach (var operation in batch)
                Alone(operation, link);
        }
    }

    private bool TryTogether(List<SqlOperation> batch, PostgresLink link)
    {
        try
        {
            Commit(batch, link);
            return true;
        }
        catch (DatabaseUnavailableException exception)
        {
            // What became of the commit is not known, so the work must not be done again.
            batch.ForEach(operation => operation.Fail(exception));
            return true;
        }
        catch (Exception exception)
        {
            Recover(exception, link);
            return false;
        }
    }

    private void Alone(SqlOperation operation, PostgresLink link)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                Commit([operation], link);
                return;
            }
            catch (Exception exception)
            {
                Recover(exception, link);
                try
                {
                    if (PostgresFaults.IsLoss(exception))
                        link.Wait(operation, attempt, exception);
                    else if (PostgresFaults.IsConflict(exception) && attempt < MaxConflicts)
                        PostgresLink.Pause(attempt);
                    else
                        throw;
                }
                catch (Exception final)
                {
                    operation.Fail(final);
                    return;
                }
            }
        }
    }

    private void Commit(List<SqlOperation> operations, PostgresLink link)
    {
        var session = link.Open();
        _mark.Begin(session);
        foreach (var operation in operations)
            operation.Run(session);
        try
        {
            session.Execute("COMMIT");
        }
        catch (Exception exception) when (PostgresFaults.IsLoss(exception))
        {
            if (!WasCommitted(operations[0], link, exception))
                throw;
        }

        foreach (var operation in operations)
            operation.Complete();
    }

    /// <summary>The connection broke while the commit was under way. The database knows what became of it.</summary>
    private bool WasCommitted(SqlOperation operation, PostgresLink link, Exception cause)
    {
        for (var attempt = 0; ; attempt++)
        {
            link.Wait(operation, attempt, cause);
            try
            {
                return _mark.IsStored(link.Open());
            }
            catch (Exception exception) when (PostgresFaults.IsLoss(exception))
            {
                cause = exception;
            }
        }
    }

    private static void Recover(Exception exception, PostgresLink link)
    {
        if (PostgresFaults.IsLoss(exception))
            link.Drop();
        else
            link.Rollback();
    }
}
