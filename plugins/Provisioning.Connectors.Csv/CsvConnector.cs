using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Csv;

/// <summary>Keeps accounts as rows of a CSV file.</summary>
public sealed class CsvConnector : IConnector, IFindAccounts, ICreateAccounts, IUpdateAccounts, IDisableAccounts, IDeleteAccounts,
    IListAccounts, ITestConnection
{
    private readonly CsvStore _store;
    private readonly TimeProvider _time;

    internal CsvConnector(CsvSettings settings, ConnectorContext context)
    {
        if (settings.Delimiter is not { Length: 1 } || settings.Delimiter[0] is '"' or '\r' or '\n')
            throw new ConnectorException(FailureKind.Rejected, $"the delimiter '{settings.Delimiter}' is not one character other than a quote or a line break");
        if (settings.Columns.Any(string.IsNullOrEmpty))
            throw new ConnectorException(FailureKind.Rejected, "'columns' has an entry without a name");
        var path = Path.GetFullPath(settings.Path, Path.GetFullPath(context.BaseDirectory));
        File = new CsvFile(path, new CsvFormat(settings.Delimiter[0], settings.EscapeFormulas), settings.Columns);
        _store = new CsvStore(File);
        _time = context.Time;
    }

    /// <inheritdoc />
    public bool NamesAreUnique => true;

    internal CsvFile File { get; }

    /// <inheritdoc />
    public Task<IReadOnlyList<MatchedAccount>> FindAsync(
        ResourceType type, MatchKey key, OperationContext context, CancellationToken cancellationToken)
    {
        return _store.RunAsync<IReadOnlyList<MatchedAccount>>(
            table => (type == ResourceType.User ? Find(table, key) : [], false),
            cancellationToken);
    }

    /// <inheritdoc />
    public Task<Account> CreateAsync(NewAccount account, OperationContext context, CancellationToken cancellationToken)
    {
        return _store.RunAsync(
            table =>
            {
                var row = new CsvRow();
                foreach (var (name, value) in account.Attributes)
                {
                    if (IsAttribute(name, value, account.OwnershipMarker))
                        row.SetAttribute(name, value);
                }

                row[CsvTable.Id] = Guid.CreateVersion7(_time.GetUtcNow()).ToString();
                row[CsvTable.Marker] = account.OwnershipMarker;
                row.SetEnabled(account.Enabled);
                if (account.OwnershipMarker.Length > 0 && table.WithMarker(account.OwnershipMarker).Count > 0)
                    throw new ConnectorException(FailureKind.Conflict, $"an account with the externalId '{account.OwnershipMarker}' exists already");
                Check(table, row);
                table.Put(row);
                return (row.ToAccount(), true);
            },
            cancellationToken);
    }

    /// <inheritdoc />
    public Task<Account?> UpdateAsync(string accountId, AccountDelta delta, OperationContext context, CancellationToken cancellationToken)
    {
        return _store.RunAsync<Account?>(
            table =>
            {
                var row = Existing(table, accountId).Copy();
                foreach (var change in delta.Changes)
                {
                    if (IsAttribute(change.Attribute, change.Value, row[CsvTable.Marker]))
                        row.Replace(change.Attribute, change.SubAttribute, change.Value);
                }

                if (delta.Enabled is { } enabled)
                    row.SetEnabled(enabled);
                Check(table, row);
                table.Put(row);
                return (row.ToAccount(), true);
            },
            cancellationToken);
    }

    /// <inheritdoc />
    public Task SetEnabledAsync(string accountId, bool enabled, OperationContext context, CancellationToken cancellationToken)
    {
        return _store.RunAsync(
            table =>
            {
                var row = Existing(table, accountId).Copy();
                var before = row[CsvTable.Enabled];
                row.SetEnabled(enabled);
                if (row[CsvTable.Enabled] == before)
                    return (true, false);
                table.Put(row);
                return (true, true);
            },
            cancellationToken);
    }

    /// <inheritdoc />
    public Task DeleteAsync(string accountId, OperationContext context, CancellationToken cancellationToken) =>
        _store.RunAsync(table => (true, table.Remove(accountId)), cancellationToken);

    /// <inheritdoc />
    public async IAsyncEnumerable<Account> ListAsync(
        ResourceType type, OperationContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Rows are never changed in place, so the copied list is a snapshot of one moment.
        var rows = await _store.RunAsync(table => (type == ResourceType.User ? table.Rows.ToList() : [], false), cancellationToken);
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return row.ToAccount();
        }
    }

    /// <inheritdoc />
    public async Task<string?> TestAsync(OperationContext context, CancellationToken cancellationToken)
    {
        try
        {
            await _store.RunAsync(table => (table.Columns.Count, false), cancellationToken);
        }
        catch (ConnectorException e)
        {
            return e.Message;
        }

        var folder = Path.GetDirectoryName(File.Path);
        return Directory.Exists(folder) ? null : $"the folder '{folder}' does not exist";
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private static List<MatchedAccount> Find(CsvTable table, MatchKey key)
    {
        var byMarker = key.OwnershipMarker.Length == 0 ? [] : table.WithMarker(key.OwnershipMarker);
        return byMarker.Concat(table.WithName(key.Name)).Distinct()
            .Select(row => new MatchedAccount(row.ToAccount(), Ownership(row, key)))
            .ToList();
    }

    private static AccountOwnership Ownership(CsvRow row, MatchKey key) => row[CsvTable.Marker] switch
    {
        "" => AccountOwnership.Unowned,
        var marker when marker == key.OwnershipMarker => AccountOwnership.Ours,
        _ => AccountOwnership.Foreign,
    };

    private static CsvRow Existing(CsvTable table, string id) =>
        table.Find(id) ?? throw new ConnectorException(FailureKind.Gone, $"no account has the id '{id}'");

    private static void Check(CsvTable table, CsvRow row)
    {
        var name = row[CsvTable.UserName];
        if (name.Length == 0)
            throw new ConnectorException(FailureKind.Rejected, "an account needs a 'userName'");
        if (table.WithName(name).Any(other => other.Id != row.Id))
            throw new ConnectorException(FailureKind.Conflict, $"an account with the userName '{name}' exists already");
        table.CheckWritable(row);
    }

    // The marker may be mapped as well, which is harmless; other values would break whom the row belongs to.
    private static bool IsAttribute(string name, JsonNode? value, string marker)
    {
        if (!CsvRow.IsOwn(name))
            return true;
        if (name.Equals(CsvTable.Marker, StringComparison.OrdinalIgnoreCase) && value?.ToString() == marker)
            return false;
        throw new ConnectorException(FailureKind.Rejected, $"the attribute '{name}' is kept by the file itself and cannot be set");
    }
}
