using System.Globalization;
using System.Runtime.CompilerServices;

namespace Provisioning.Connectors.Sql;

/// <summary>Reads every object: page after page in the order of ids when the statement has <c>@after</c>, else all at once.</summary>
internal sealed class SqlListing(SqlDatabase database, SqlObject kind, int pageSize)
{
    public async IAsyncEnumerable<Account> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var statement = kind.Require(kind.List, "list");
        var values = new SqlValues { ["limit"] = pageSize.ToString(CultureInfo.InvariantCulture) };
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            var page = await database.ReadAsync(session => session.RunAsync(statement, values), cancellationToken);
            if (page.Count > 0 && page[^1].Text(kind.IdColumn) == values["after"]?.ToString())
                throw new ConnectorException(FailureKind.Transient, $"'{statement.Name}' gives the same rows again; it must go on after @after, in the order of ids");
            foreach (var row in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var account = row.ToAccount(kind);
                if (!seen.Add(account.Id))
                    throw new ConnectorException(FailureKind.Transient, $"'{statement.Name}' gives '{account.Id}' twice, so it may miss others");
                values["after"] = account.Id;
                yield return account;
            }

            if (page.Count == 0 || !statement.Uses("after"))
                yield break;
        }
    }
}
