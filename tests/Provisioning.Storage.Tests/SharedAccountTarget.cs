using System.Text.Json.Nodes;
using Provisioning.Connectors;

namespace Provisioning.Storage.Tests;

/// <summary>A target with one account, which is the answer to every search; searches and changes wait for each other.</summary>
internal sealed class SharedAccountTarget : IConnector, IFindAccounts, ICreateAccounts, IUpdateAccounts, IDisableAccounts
{
    public const string AccountId = "shared";

    private readonly Lock _lock = new();

    public JsonObject Attributes { get; private set; } = [];

    /// <summary>Who changed the account, in this order.</summary>
    public List<string> Writers { get; } = [];

    /// <summary>Before a search is answered.</summary>
    public Func<Task> Found { get; init; } = () => Task.CompletedTask;

    /// <summary>Before a change is answered.</summary>
    public Func<Task> Changed { get; init; } = () => Task.CompletedTask;

    /// <summary>Before a create, which makes the account, is answered.</summary>
    public Func<Task> Created { get; init; } = () => Task.CompletedTask;

    public bool NamesAreUnique => true;

    public async Task<IReadOnlyList<MatchedAccount>> FindAsync(ResourceType type, MatchKey key, OperationContext context, CancellationToken cancellationToken)
    {
        await Found();
        return [new MatchedAccount(new Account(AccountId, [], true), AccountOwnership.Unowned)];
    }

    public async Task<Account> CreateAsync(NewAccount account, OperationContext context, CancellationToken cancellationToken)
    {
        Write(account.Attributes);
        await Created();
        return new Account(AccountId, account.Attributes, true);
    }

    public async Task<Account?> UpdateAsync(string accountId, AccountDelta delta, OperationContext context, CancellationToken cancellationToken)
    {
        Write(delta.Desired);
        await Changed();
        return null;
    }

    public Task SetEnabledAsync(string accountId, bool enabled, OperationContext context, CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Write(JsonObject attributes)
    {
        lock (_lock)
        {
            Attributes = attributes.DeepClone().AsObject();
            Writers.Add(attributes["userName"]!.ToString());
        }
    }
}
