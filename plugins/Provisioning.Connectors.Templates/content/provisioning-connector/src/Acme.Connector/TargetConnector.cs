using System.Runtime.CompilerServices;
using Provisioning.Connectors;

namespace Acme.Connector;

/// <summary>
/// What the target can do is what interfaces are listed here. One instance serves many calls at once. Every failure is a
/// <see cref="ConnectorException"/> whose kind says how the host is to recover.
/// </summary>
internal sealed class TargetConnector(AccountFolder folder)
    : IConnector, IFindAccounts, ICreateAccounts, IUpdateAccounts, IDisableAccounts, IDeleteAccounts, IListAccounts, ITestConnection
{
    private readonly SemaphoreSlim _gate = new(1, 1);

    public bool NamesAreUnique => true;

    public Task<IReadOnlyList<MatchedAccount>> FindAsync(ResourceType type, MatchKey key, OperationContext context, CancellationToken cancellationToken) =>
        AloneAsync<IReadOnlyList<MatchedAccount>>(() => type == ResourceType.User ? Find(key) : [], cancellationToken);

    public Task<Account> CreateAsync(NewAccount account, OperationContext context, CancellationToken cancellationToken) => AloneAsync(
        () =>
        {
            // The id is the target's to give; this target is a folder, and gives the next free one.
            var stored = new StoredAccount(Guid.NewGuid().ToString("n"), account.OwnershipMarker, account.Enabled, account.Attributes);
            CheckName(stored);
            folder.Write(stored);
            return stored.ToAccount();
        },
        cancellationToken);

    public Task<Account?> UpdateAsync(string accountId, AccountDelta delta, OperationContext context, CancellationToken cancellationToken) =>
        AloneAsync<Account?>(() => Change(accountId, delta).ToAccount(), cancellationToken);

    public Task SetEnabledAsync(string accountId, bool enabled, OperationContext context, CancellationToken cancellationToken) =>
        AloneAsync(() => Change(accountId, new AccountDelta([], [], enabled)), cancellationToken);

    public Task DeleteAsync(string accountId, OperationContext context, CancellationToken cancellationToken) => AloneAsync(
        () =>
        {
            folder.Delete(accountId);
            return true;
        },
        cancellationToken);

    public async IAsyncEnumerable<Account> ListAsync(
        ResourceType type, OperationContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var all = await AloneAsync(() => type == ResourceType.User ? folder.All().ToList() : [], cancellationToken);
        foreach (var account in all)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return account.ToAccount();
        }
    }

    public Task<string?> TestAsync(OperationContext context, CancellationToken cancellationToken) => Task.FromResult(folder.Problem);

    public ValueTask DisposeAsync()
    {
        _gate.Dispose();
        return ValueTask.CompletedTask;
    }

    // First by marker, then by name: who carries our marker is ours whatever it is called now.
    private List<MatchedAccount> Find(MatchKey key) =>
    [
        .. folder.All()
            .Where(x => x.Marker == key.OwnershipMarker || x.Name.Equals(key.Name, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(x => x.Marker == key.OwnershipMarker)
            .Select(x => new MatchedAccount(x.ToAccount(), Ownership(x, key))),
    ];

    private static AccountOwnership Ownership(StoredAccount account, MatchKey key) =>
        account.Marker.Length == 0 ? AccountOwnership.Unowned : account.Marker == key.OwnershipMarker ? AccountOwnership.Ours : AccountOwnership.Foreign;

    private StoredAccount Change(string id, AccountDelta delta)
    {
        var before = folder.Find(id) ?? throw new ConnectorException(FailureKind.Gone, $"no account has the id '{id}'");
        var after = before.With(delta);
        CheckName(after);
        folder.Write(after);
        return after;
    }

    private void CheckName(StoredAccount account)
    {
        if (account.Name.Length == 0)
            throw new ConnectorException(FailureKind.Rejected, "an account needs a 'userName'");
        if (folder.All().Any(x => x.Id != account.Id && x.Name.Equals(account.Name, StringComparison.OrdinalIgnoreCase)))
            throw new ConnectorException(FailureKind.Conflict, $"an account with the userName '{account.Name}' exists already");
    }

    private async Task<T> AloneAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return work();
        }
        finally
        {
            _gate.Release();
        }
    }
}
