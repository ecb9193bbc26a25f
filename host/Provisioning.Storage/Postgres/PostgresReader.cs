using Npgsql;

namespace Provisioning.Storage.Postgres;

/// <summary>One reading thread. Each operation is one statement, and so sees one moment.</summary>
internal sealed class PostgresReader(NpgsqlDataSource source, OperationQueue queue)
{
    public void Run()
    {
        using var link = new PostgresLink(source);
        var one = new List<SqlOperation>(1);
        while (queue.Take(one, 1))
            Run(one[0], link);
    }

    private static void Run(SqlOperation operation, PostgresLink link)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                operation.Run(link.Open());
                operation.Complete();
                return;
            }
            catch (Exception exception)
            {
                try
                {
                    if (!PostgresFaults.IsLoss(exception))
                        throw;
                    link.Wait(operation, attempt, exception);
                }
                catch (Exception final)
                {
                    operation.Fail(final);
                    return;
                }
            }
        }
    }
}
