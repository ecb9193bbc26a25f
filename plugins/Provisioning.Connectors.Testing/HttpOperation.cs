namespace Provisioning.Connectors.Testing;

/// <summary>An operation that a bad answer is given to.</summary>
/// <param name="Name">Part of the names of its checks.</param>
/// <param name="Needs">The capabilities it takes.</param>
/// <param name="Reads">Whether its whole purpose is the answer, so that none must not pass for "nothing there".</param>
/// <param name="Run">Runs it on an account that exists.</param>
internal sealed record HttpOperation(
    string Name, IReadOnlyList<Type> Needs, bool Reads, Func<IConnector, ConformanceData, NewAccount, Account, CancellationToken, Task> Run)
{
    public const string Create = "create";
    public const string CreateGroup = "create-group";
    public const string List = "list";

    public static IReadOnlyList<HttpOperation> All { get; } =
    [
        new(Create, [typeof(ICreateAccounts)], false, static (connector, data, _, _, token) =>
            ((ICreateAccounts)connector).CreateAsync(data.NewAccount(), data.Context(), token)),
        new("find", [typeof(IFindAccounts), typeof(ICreateAccounts)], true, static (connector, data, account, _, token) =>
            ((IFindAccounts)connector).FindAsync(ResourceType.User, data.Key(account), data.Context(), token)),
        new(List, [typeof(IListAccounts), typeof(ICreateAccounts)], true, ListAsync),
        new("update", [typeof(IUpdateAccounts), typeof(ICreateAccounts)], false, static (connector, data, account, created, token) =>
            ((IUpdateAccounts)connector).UpdateAsync(
                created.Id,
                new AccountDelta([AttributePath.Change(data.ChangedAttribute, "Changed")], account.Attributes.DeepClone().AsObject()),
                data.Context(), token)),
        new("disable", [typeof(IDisableAccounts), typeof(ICreateAccounts)], false, static (connector, data, _, created, token) =>
            ((IDisableAccounts)connector).SetEnabledAsync(created.Id, false, data.Context(), token)),
        new("delete", [typeof(IDeleteAccounts), typeof(ICreateAccounts)], false, static (connector, data, _, created, token) =>
            ((IDeleteAccounts)connector).DeleteAsync(created.Id, data.Context(), token)),
        new(CreateGroup, [typeof(IManageGroups), typeof(ICreateAccounts)], false, static (connector, data, _, created, token) =>
            ((IManageGroups)connector).CreateGroupAsync(data.NewGroup(), [created.Id], data.Context(), token)),
        new("password", [typeof(ISetPasswords), typeof(ICreateAccounts)], false, static (connector, data, _, created, token) =>
            ((ISetPasswords)connector).SetPasswordAsync(created.Id, new Secret(data.Password), data.Context(), token)),
    ];

    /// <summary>Whether a lost answer leaves open whether an object was created.</summary>
    public bool Creates => Name.StartsWith(Create, StringComparison.Ordinal);

    private static async Task ListAsync(IConnector connector, ConformanceData data, NewAccount account, Account created, CancellationToken token)
    {
        await foreach (var _ in ((IListAccounts)connector).ListAsync(ResourceType.User, data.Context(), token))
        {
        }
    }
}
