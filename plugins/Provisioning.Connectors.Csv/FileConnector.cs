using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Csv;

/// <summary>Keeps accounts in a file. What a row looks like is the matter of the format.</summary>
internal abstract class FileConnector<TRow, TTable> : IConnector, IFindAccounts, ICreateAccounts, IUpdateAccounts, IDisableAccounts,
    IDeleteAccounts, IListAccounts, ITestConnection
    where TRow : class, IAccountRow<TRow>
    where TTable : AccountTable<TRow>
{
    private readonly FileStore<TRow, TTable> _store;
    private readonly TimeProvider _time;

    protected FileConnector(AccountFile<TRow, TTable> file, TimeProvider time)
    {
        (File, _time) = (file, time);
        _store = new FileStore<TRow, TTable>(file);
    }

    public bool NamesAreUnique => true;

    internal AccountFile<TRow, TTable> File { get; }

    public Task<IReadOnlyList<MatchedAccount>> FindAsync(
        ResourceType type, MatchKey key, OperationContext context, CancellationToken cancellationToken) =>
        _store.ReadAsync<IReadOnlyList<MatchedAccount>>(table => type == ResourceType.User ? Find(table, key) : [], cancellationToken);

    public Task<Account> CreateAsync(NewAccount account, OperationContext context, CancellationToken cancellationToken)
    {
        return _store.WriteAsync(
            table =>
            {
                var row = Make(Guid.CreateVersion7(_time.GetUtcNow()).ToString(), account);
                CheckMarker(table, row);
                return Put(table, row);
            },
            cancellationToken);
    }

    public Task<Account?> UpdateAsync(string accountId, AccountDelta delta, OperationContext context, CancellationToken cancellationToken)
    {
        return _store.WriteAsync<Account?>(
            table =>
            {
                var old = Existing(table, accountId);
                var row = Change(old, delta.Changes, delta.OwnershipMarker ?? old.Marker);
                if (delta.Enabled is { } enabled)
                    row = row.With(new JsonObject { [CsvTable.Enabled] = enabled });
                if (delta.Marker is { } marker && marker != old.Marker)
                {
                    row = row.With(new JsonObject { [CsvTable.Marker] = marker });
                    CheckMarker(table, row);
                }

                return Put(table, row);
            },
            cancellationToken);
    }

    public Task SetEnabledAsync(string accountId, bool enabled, OperationContext context, CancellationToken cancellationToken)
    {
        return _store.WriteAsync(
            table =>
            {
                var row = Existing(table, accountId);
                if (row.Enabled != enabled)
                    table.Put(row.With(new JsonObject { [CsvTable.Enabled] = enabled }));
                return true;
            },
            cancellationToken);
    }

    public Task DeleteAsync(string accountId, OperationContext context, CancellationToken cancellationToken)
    {
        return _store.WriteAsync(
            table =>
            {
                table.Remove(accountId);
                return true;
            },
            cancellationToken);
    }

    public async IAsyncEnumerable<Account> ListAsync(
        ResourceType type, OperationContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Rows are never changed in place, so the copied list is a snapshot of one moment.
        var rows = await _store.ReadAsync(table => type == ResourceType.User ? table.Rows.ToList() : [], cancellationToken);
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return row.ToAccount();
        }
    }

    public async Task<string?> TestAsync(OperationContext context, CancellationToken cancellationToken)
    {
        try
        {
            await _store.ReadAsync(table => table.Rows.Any(), cancellationToken);
        }
        catch (ConnectorException e)
        {
            return e.Message;
        }

        var folder = Path.GetDirectoryName(File.Path)!;
        return !Directory.Exists(folder) || IsWritable(folder) ? null : $"no file can be made in the folder of '{File.Path}', which every change needs";
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    /// <summary>The file that a setting names.</summary>
    protected static string FullPath(string setting, ConnectorContext context)
    {
        try
        {
            return Path.GetFullPath(setting, Path.GetFullPath(context.BaseDirectory));
        }
        catch (ArgumentException e)
        {
            throw new ConnectorException(FailureKind.Misconfigured, $"the path '{setting}' cannot be the name of a file: correct 'path'", e);
        }
    }

    /// <summary>A row for a new account.</summary>
    protected abstract TRow Make(string id, NewAccount account);

    /// <summary>A row with changed attributes.</summary>
    /// <param name="marker">The ownership marker that the row has or is to have; a mapping may name the same.</param>
    protected abstract TRow Change(TRow row, IReadOnlyList<AttributeChange> changes, string marker);

    /// <summary>False for the marker, mapped as well, which is harmless; other values of the file's own would break whom the row belongs to.</summary>
    protected static bool IsAttribute(string name, JsonNode? value, string marker)
    {
        if (!CsvRow.IsOwn(name))
            return true;
        if (name.Equals(CsvTable.Marker, StringComparison.OrdinalIgnoreCase) && value?.ToString() == marker)
            return false;
        throw new ConnectorException(FailureKind.Rejected, $"the attribute '{name}' is kept by the file itself and cannot be set");
    }

    private static bool IsWritable(string folder)
    {
        try
        {
            using var probe = new FileStream(
                Path.Combine(folder, $".{Guid.NewGuid():N}.probe"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static List<MatchedAccount> Find(TTable table, MatchKey key)
    {
        var byMarker = key.OwnershipMarker.Length == 0 ? [] : table.WithMarker(key.OwnershipMarker);
        return [.. byMarker.Concat(table.WithName(key.Name)).Distinct().Select(row => new MatchedAccount(row.ToAccount(), Ownership(row, key)))];
    }

    private static AccountOwnership Ownership(TRow row, MatchKey key) => row.Marker switch
    {
        "" => AccountOwnership.Unowned,
        var marker when marker == key.OwnershipMarker => AccountOwnership.Ours,
        _ => AccountOwnership.Foreign,
    };

    private static TRow Existing(TTable table, string id) =>
        table.Find(id) ?? throw new ConnectorException(FailureKind.Gone, $"no account has the id '{id}'");

    private static void CheckMarker(TTable table, TRow row)
    {
        if (row.Marker.Length > 0 && table.WithMarker(row.Marker).Any(other => other.Id != row.Id))
            throw new ConnectorException(FailureKind.Conflict, $"an account with the externalId '{row.Marker}' exists already");
    }

    private static Account Put(TTable table, TRow row)
    {
        if (row.Name.Length == 0)
            throw new ConnectorException(FailureKind.Rejected, "an account needs a 'userName'");
        if (table.WithName(row.Name).Any(other => other.Id != row.Id))
            throw new ConnectorException(FailureKind.Conflict, $"an account with the userName '{row.Name}' exists already");
        table.CheckWritable(row);
        var account = row.ToAccount();
        table.Put(row);
        return account;
    }
}
