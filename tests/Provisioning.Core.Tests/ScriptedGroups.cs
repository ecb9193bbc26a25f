using System.Runtime.CompilerServices;
using Provisioning.Connectors;

namespace Provisioning.Core.Tests;

/// <summary>One group at a target, which fails as told before or after it did what it was asked.</summary>
internal sealed class ScriptedGroups : IConnector, IFindAccounts, IManageGroups, IListMembers
{
    public bool NamesAreUnique => true;

    public bool Exists { get; set; }

    /// <summary>Who is in at the target.</summary>
    public SortedSet<string> Members { get; } = new(StringComparer.Ordinal);

    public string? Title { get; private set; }

    public List<MembershipDelta> Deltas { get; } = [];

    /// <summary>The next change is done, and then fails with this.</summary>
    public FailureKind? LosesNextAnswer { get; set; }

    /// <summary>Of the next change only so many members are changed before it fails.</summary>
    public int? StopsAfter { get; set; }

    public int Lists { get; private set; }

    public Task<IReadOnlyList<MatchedAccount>> FindAsync(ResourceType type, MatchKey key, OperationContext context, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<MatchedAccount>>(
            Exists ? [new MatchedAccount(new Account("g1", new() { ["displayName"] = "team", ["title"] = Title }), AccountOwnership.Ours)] : []);

    public Task<Account> CreateGroupAsync(NewAccount group, IReadOnlyList<string> members, OperationContext context, CancellationToken cancellationToken)
    {
        Exists = true;
        Title = group.Attributes["title"]?.ToString();
        Change(new MembershipDelta(members, []));
        return Task.FromResult(new Account("g1", group.Attributes));
    }

    public Task UpdateGroupAsync(string groupId, AccountDelta? delta, MembershipDelta members, OperationContext context, CancellationToken cancellationToken)
    {
        if (!Exists)
            throw new ConnectorException(FailureKind.Gone, "scripted");
        foreach (var change in delta?.Changes.Where(x => x.Attribute == "title") ?? [])
            Title = change.Value?.ToString();
        Deltas.Add(members);
        Change(members);
        return Task.CompletedTask;
    }

    public Task DeleteGroupAsync(string groupId, OperationContext context, CancellationToken cancellationToken)
    {
        Exists = false;
        Members.Clear();
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<string> ListMembersAsync(
        string groupId, OperationContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Lists++;
        foreach (var member in Members)
            yield return member;
        await Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Change(MembershipDelta members)
    {
        var steps = members.Add.Select(x => (Id: x, Adds: true)).Concat(members.Remove.Select(x => (Id: x, Adds: false)));
        foreach (var (id, adds) in StopsAfter is { } few ? steps.Take(few) : steps)
            _ = adds ? Members.Add(id) : Members.Remove(id);
        var failure = LosesNextAnswer ?? (StopsAfter is null ? null : FailureKind.Throttled);
        (LosesNextAnswer, StopsAfter) = (null, null);
        if (failure is { } kind)
            throw new ConnectorException(kind, "scripted");
    }
}
