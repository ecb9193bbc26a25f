using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Provisioning.Connectors;

namespace Provisioning.Storage.Tests;

/// <summary>A target in memory whose listing can be made to fail, and to tell when it has got how far.</summary>
internal sealed class ListedTarget : IConnector, IListAccounts, IFindAccounts, ICreateAccounts, IUpdateAccounts, IDisableAccounts, IDeleteAccounts, IManageGroups, IListMembers
{
    private int _made;

    public SortedDictionary<string, Account> Users { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, (Account Group, HashSet<string> Members)> Groups { get; } = new(StringComparer.Ordinal);

    /// <summary>The listing of users breaks off after so many.</summary>
    public int? BreaksAfter { get; set; }

    /// <summary>Runs when so many users have been listed.</summary>
    public Func<int, Task> Listed { get; set; } = _ => Task.CompletedTask;

    /// <summary>Groups whose members it does not tell.</summary>
    public Dictionary<string, FailureKind> Secretive { get; } = [];

    /// <summary>It cannot be searched for such names.</summary>
    public string? Unsearchable { get; set; }

    public List<string> Calls { get; } = [];

    public bool NamesAreUnique => true;

    public Account Put(string id, string userName, string? title = null, bool enabled = true, string? marker = null, JsonObject? more = null)
    {
        var attributes = more ?? [];
        (attributes["userName"], attributes["title"]) = (userName, title);
        return Users[id] = new Account(id, attributes, enabled) { OwnershipMarker = marker };
    }

    public async IAsyncEnumerable<Account> ListAsync(ResourceType type, OperationContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Calls.Add($"list {type}");
        List<Account> page = type == ResourceType.User ? [.. Users.Values] : [.. Groups.Values.Select(x => x.Group)];
        for (var i = 0; i < page.Count; i++)
        {
            if (type == ResourceType.User && i == BreaksAfter)
                throw new ConnectorException(FailureKind.Transient, $"the listing ended after {i} of {page.Count} objects");
            if (type == ResourceType.User)
                await Listed(i);
            cancellationToken.ThrowIfCancellationRequested();
            yield return page[i];
        }
    }

    public async IAsyncEnumerable<string> ListMembersAsync(string groupId, OperationContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        if (Secretive.TryGetValue(groupId, out var kind))
            throw new ConnectorException(kind, "not told");
        foreach (var member in Groups[groupId].Members)
            yield return member;
    }

    public Task<IReadOnlyList<MatchedAccount>> FindAsync(ResourceType type, MatchKey key, OperationContext context, CancellationToken cancellationToken) => key.Name == Unsearchable
        ? throw new ConnectorException(FailureKind.Rejected, "no such filter")
        : Task.FromResult<IReadOnlyList<MatchedAccount>>([.. Users.Values.Where(x => x.OwnershipMarker == key.OwnershipMarker || x.Attributes["userName"]?.ToString() == key.Name)
            .Select(x => new MatchedAccount(x, x.OwnershipMarker == key.OwnershipMarker ? AccountOwnership.Ours : AccountOwnership.Unowned))]);

    public Task<Account> CreateAsync(NewAccount account, OperationContext context, CancellationToken cancellationToken)
    {
        Calls.Add("create");
        var made = new Account($"new{++_made}", account.Attributes.DeepClone().AsObject(), account.Enabled) { OwnershipMarker = account.OwnershipMarker };
        return Task.FromResult(Users[made.Id] = made);
    }

    public Task<Account?> UpdateAsync(string accountId, AccountDelta delta, OperationContext context, CancellationToken cancellationToken)
    {
        Calls.Add($"update {accountId}");
        var account = Existing(accountId);
        foreach (var change in delta.Changes)
            account.Attributes[change.Attribute] = change.Value?.DeepClone();
        Users[accountId] = account with { Enabled = delta.Enabled ?? account.Enabled };
        return Task.FromResult<Account?>(Users[accountId]);
    }

    public Task SetEnabledAsync(string accountId, bool enabled, OperationContext context, CancellationToken cancellationToken)
    {
        Calls.Add($"{(enabled ? "enable" : "disable")} {accountId}");
        Users[accountId] = Existing(accountId) with { Enabled = enabled };
        return Task.CompletedTask;
    }

    public Task DeleteAsync(string accountId, OperationContext context, CancellationToken cancellationToken)
    {
        Calls.Add($"delete {accountId}");
        Users.Remove(accountId);
        return Task.CompletedTask;
    }

    public Task<Account> CreateGroupAsync(NewAccount group, IReadOnlyList<string> members, OperationContext context, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task UpdateGroupAsync(string groupId, AccountDelta? delta, MembershipDelta members, OperationContext context, CancellationToken cancellationToken)
    {
        Calls.Add($"update {groupId}");
        Groups[groupId].Members.UnionWith(members.Add);
        Groups[groupId].Members.ExceptWith(members.Remove);
        return Task.CompletedTask;
    }

    public Task DeleteGroupAsync(string groupId, OperationContext context, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Account Existing(string id) => Users.GetValueOrDefault(id) ?? throw new ConnectorException(FailureKind.Gone, $"there is no account '{id}'");
}
