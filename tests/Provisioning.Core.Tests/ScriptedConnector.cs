using System.Text.Json.Nodes;
using Provisioning.Connectors;

namespace Provisioning.Core.Tests;

/// <summary>Holds accounts in memory, records its calls, and fails the next call of a name when told so.</summary>
internal sealed class ScriptedConnector : IConnector, IFindAccounts, ICreateAccounts, IUpdateAccounts, IDisableAccounts, IDeleteAccounts
{
    private readonly Dictionary<string, Queue<Exception>> _failures = [];

    public bool NamesAreUnique { get; init; } = true;

    public List<string> Calls { get; } = [];

    public List<AccountDelta> Deltas { get; } = [];

    public List<MatchedAccount> Matches { get; } = [];

    public void Fail(string call, Exception failure)
    {
        if (!_failures.TryGetValue(call, out var queue))
            _failures[call] = queue = [];
        queue.Enqueue(failure);
    }

    public void Fail(string call, FailureKind kind) => Fail(call, new ConnectorException(kind, "scripted"));

    public void Has(AccountOwnership ownership, string attributes, string id = "t9", bool? enabled = true) =>
        Matches.Add(new MatchedAccount(new Account(id, JsonNode.Parse(attributes)!.AsObject(), enabled), ownership));

    public Task<IReadOnlyList<MatchedAccount>> FindAsync(ResourceType type, MatchKey key, OperationContext context, CancellationToken cancellationToken)
    {
        Record("find", $"{key.OwnershipMarker}/{key.Name}");
        return Task.FromResult<IReadOnlyList<MatchedAccount>>(Matches);
    }

    public Task<Account> CreateAsync(NewAccount account, OperationContext context, CancellationToken cancellationToken)
    {
        Record("create", account.OwnershipMarker);
        return Task.FromResult(new Account("new", account.Attributes));
    }

    public Task<Account?> UpdateAsync(string accountId, AccountDelta delta, OperationContext context, CancellationToken cancellationToken)
    {
        Deltas.Add(delta);
        Record("update", accountId);
        return Task.FromResult<Account?>(null);
    }

    public Task SetEnabledAsync(string accountId, bool enabled, OperationContext context, CancellationToken cancellationToken)
    {
        Record(enabled ? "enable" : "disable", accountId);
        return Task.CompletedTask;
    }

    public Task DeleteAsync(string accountId, OperationContext context, CancellationToken cancellationToken)
    {
        Record("delete", accountId);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Record(string call, string what)
    {
        Calls.Add($"{call} {what}");
        if (_failures.TryGetValue(call, out var queue) && queue.TryDequeue(out var failure))
            throw failure;
    }
}
