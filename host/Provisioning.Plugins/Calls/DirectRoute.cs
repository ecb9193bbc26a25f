using System.Runtime.CompilerServices;
using Provisioning.Connectors;

namespace Provisioning.Plugins.Calls;

/// <summary>Makes calls on a connector in this process.</summary>
internal sealed class DirectRoute(IConnector connector) : ICallRoute
{
    public bool NamesAreUnique { get; } = connector.NamesAreUnique;

    public IReadOnlyCollection<Type> Capabilities { get; } = [.. RoutedConnector.AllCapabilities.Where(x => x.IsInstanceOfType(connector))];

    public async Task<CallResult> CallAsync(ConnectorCall call, OperationContext context, CancellationToken cancellationToken)
    {
        switch (call.Kind)
        {
            case CallKind.Find:
                return new() { Found = await As<IFindAccounts>().FindAsync(call.Type, call.Key!, context, cancellationToken) };
            case CallKind.Create:
                return new() { Account = await As<ICreateAccounts>().CreateAsync(call.New!, context, cancellationToken) };
            case CallKind.Update:
                return new() { Account = await As<IUpdateAccounts>().UpdateAsync(call.Id!, call.Delta!, context, cancellationToken) };
            case CallKind.CreateGroup:
                return new() { Account = await As<IManageGroups>().CreateGroupAsync(call.New!, call.FirstMembers!, context, cancellationToken) };
            case CallKind.Test:
                return new() { Text = await As<ITestConnection>().TestAsync(context, cancellationToken) };
            case CallKind.Describe:
                return new() { Schema = await As<IDescribeSchema>().DescribeAsync(call.Type, context, cancellationToken) };
            default:
                await RunAsync(call, context, cancellationToken);
                return CallResult.Nothing;
        }
    }

    public async IAsyncEnumerable<CallResult> StreamAsync(
        ConnectorCall call, OperationContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (call.Kind == CallKind.ListMembers)
        {
            await foreach (var member in As<IListMembers>().ListMembersAsync(call.Id!, context, cancellationToken))
                yield return new() { Text = member };
            yield break;
        }

        await foreach (var account in As<IListAccounts>().ListAsync(call.Type, context, cancellationToken))
            yield return new() { Account = account };
    }

    public ValueTask DisposeAsync() => connector.DisposeAsync();

    private Task RunAsync(ConnectorCall call, OperationContext context, CancellationToken cancellationToken) => call.Kind switch
    {
        CallKind.SetEnabled => As<IDisableAccounts>().SetEnabledAsync(call.Id!, call.Enabled, context, cancellationToken),
        CallKind.Delete => As<IDeleteAccounts>().DeleteAsync(call.Id!, context, cancellationToken),
        CallKind.UpdateGroup => As<IManageGroups>().UpdateGroupAsync(call.Id!, call.Delta, call.Members!, context, cancellationToken),
        CallKind.DeleteGroup => As<IManageGroups>().DeleteGroupAsync(call.Id!, context, cancellationToken),
        CallKind.SetPassword => As<ISetPasswords>().SetPasswordAsync(call.Id!, call.Password!, context, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(call), $"'{call.Kind}' is no call that returns nothing"),
    };

    private T As<T>() => (T)connector;
}
