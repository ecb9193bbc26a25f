using Provisioning.Connectors;

namespace Provisioning.Core.Tests;

/// <summary>A target whose accounts can be disabled and never deleted.</summary>
internal sealed class UndeletableConnector(ScriptedConnector inner) : IConnector, IFindAccounts, ICreateAccounts, IDisableAccounts
{
    public bool NamesAreUnique => true;

    public Task<IReadOnlyList<MatchedAccount>> FindAsync(ResourceType type, MatchKey key, OperationContext context, CancellationToken cancellationToken) =>
        inner.FindAsync(type, key, context, cancellationToken);

    public Task<Account> CreateAsync(NewAccount account, OperationContext context, CancellationToken cancellationToken) =>
        inner.CreateAsync(account, context, cancellationToken);

    public Task SetEnabledAsync(string accountId, bool enabled, OperationContext context, CancellationToken cancellationToken) =>
        inner.SetEnabledAsync(accountId, enabled, context, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
