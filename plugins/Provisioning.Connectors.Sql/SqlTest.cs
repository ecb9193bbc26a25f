using System.Data.Common;

namespace Provisioning.Connectors.Sql;

/// <summary>Lets the database look at every statement without running it.</summary>
internal sealed class SqlTest(SqlDatabase database, IReadOnlyList<SqlStatement> statements)
{
    public async Task<string?> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await database.ReadAsync(session => CheckAsync(session), cancellationToken);
        }
        catch (ConnectorException e)
        {
            return e.Message;
        }
    }

    private async Task<string?> CheckAsync(SqlSession session)
    {
        if (statements.Count == 0)
            return "the settings have no statements";
        var wrong = new List<string>();
        foreach (var statement in statements)
        {
            try
            {
                await session.PrepareAsync(statement);
            }
            catch (DbException e)
            {
                var failure = database.Failure(e, SqlStep.Running);
                if (failure.Kind == FailureKind.Transient)
                    throw failure;
                wrong.Add($"'{statement.Name}': {failure.Message}");
            }
        }

        return wrong.Count == 0 ? null : string.Join("; ", wrong);
    }
}
