using System.Runtime.CompilerServices;
using Provisioning.Connectors;

namespace Provisioning.Plugins.Calls;

/// <summary>
/// Stands where a connector stands and sends every call on its route. It can do everything and promises nothing: the
/// capability interfaces are added by <see cref="ConnectorShells"/>, as many as the connector behind the route has.
/// </summary>
internal abstract class RoutedConnector : IConnector
{
    /// <summary>The capability interfaces of the contract.</summary>
    public static readonly IReadOnlyList<Type> AllCapabilities =
    [
        typeof(IFindAccounts), typeof(ICreateAccounts), typeof(IUpdateAccounts), typeof(IDisableAccounts), typeof(IDeleteAccounts),
        typeof(IListAccounts), typeof(IManageGroups), typeof(IListMembers), typeof(ISetPasswords), typeof(ITestConnection), typeof(IDescribeSchema),
    ];

    public ICallRoute Route { get; set; } = null!;

    public virtual bool NamesAreUnique => Route.NamesAreUnique;

    public virtual async Task<IReadOnlyList<MatchedAccount>> FindAsync(
        ResourceType type, MatchKey key, OperationContext context, CancellationToken cancellationToken) =>
        (await Route.CallAsync(new(CallKind.Find) { Type = type, Key = key }, context, cancellationToken)).Found!;

    public virtual async Task<Account> CreateAsync(NewAccount account, OperationContext context, CancellationToken cancellationToken) =>
        (await Route.CallAsync(new(CallKind.Create) { New = account }, context, cancellationToken)).Account!;

    public virtual async Task<Account?> UpdateAsync(string accountId, AccountDelta delta, OperationContext context, CancellationToken cancellationToken) =>
        (await Route.CallAsync(new(CallKind.Update) { Id = accountId, Delta = delta }, context, cancellationToken)).Account;

    public virtual Task SetEnabledAsync(string accountId, bool enabled, OperationContext context, CancellationToken cancellationToken) =>
        Route.CallAsync(new(CallKind.SetEnabled) { Id = accountId, Enabled = enabled }, context, cancellationToken);

    public virtual Task DeleteAsync(string accountId, OperationContext context, CancellationToken cancellationToken) =>
        Route.CallAsync(new(CallKind.Delete) { Id = accountId }, context, cancellationToken);

    public virtual async IAsyncEnumerable<Account> ListAsync(
        ResourceType type, OperationContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var element in Route.StreamAsync(new(CallKind.List) { Type = type }, context, cancellationToken))
            yield return element.Account!;
    }

    public virtual async Task<Account> CreateGroupAsync(
        NewAccount group, IReadOnlyList<string> members, OperationContext context, CancellationToken cancellationToken) =>
        (await Route.CallAsync(new(CallKind.CreateGroup) { New = group, FirstMembers = members }, context, cancellationToken)).Account!;

    public virtual Task UpdateGroupAsync(
        string groupId, AccountDelta? delta, MembershipDelta members, OperationContext context, CancellationToken cancellationToken) =>
        Route.CallAsync(new(CallKind.UpdateGroup) { Id = groupId, Delta = delta, Members = members }, context, cancellationToken);

    public virtual Task DeleteGroupAsync(string groupId, OperationContext context, CancellationToken cancellationToken) =>
        Route.CallAsync(new(CallKind.DeleteGroup) { Id = groupId }, context, cancellationToken);

    public virtual async IAsyncEnumerable<string> ListMembersAsync(
        string groupId, OperationContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var element in Route.StreamAsync(new(CallKind.ListMembers) { Id = groupId }, context, cancellationToken))
            yield return element.Text!;
    }

    public virtual Task SetPasswordAsync(string accountId, Secret password, OperationContext context, CancellationToken cancellationToken) =>
        Route.CallAsync(new(CallKind.SetPassword) { Id = accountId, Password = password }, context, cancellationToken);

    public virtual async Task<string?> TestAsync(OperationContext context, CancellationToken cancellationToken) =>
        (await Route.CallAsync(new(CallKind.Test), context, cancellationToken)).Text;

    public virtual async Task<IReadOnlyList<SchemaAttribute>> DescribeAsync(
        ResourceType type, OperationContext context, CancellationToken cancellationToken) =>
        (await Route.CallAsync(new(CallKind.Describe) { Type = type }, context, cancellationToken)).Schema!;

    public virtual ValueTask DisposeAsync() => Route.DisposeAsync();
}
