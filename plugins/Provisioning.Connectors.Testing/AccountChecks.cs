namespace Provisioning.Connectors.Testing;

internal static class AccountChecks
{
    public static IReadOnlyList<ConformanceCheck> All { get; } =
    [
        new("create-find-read", [typeof(ICreateAccounts), typeof(IFindAccounts)], CreateFindReadAsync),
        new("create-duplicate-conflict", [typeof(ICreateAccounts)], DuplicateAsync),
        new("update-changes-only-what-changed", [typeof(ICreateAccounts), typeof(IFindAccounts), typeof(IUpdateAccounts)], UpdateAsync),
        new("update-missing-gone", [typeof(IUpdateAccounts)], UpdateMissingAsync),
        new("delete-twice", [typeof(ICreateAccounts), typeof(IDeleteAccounts)], DeleteTwiceAsync),
        new("find-marker-before-name", [typeof(ICreateAccounts), typeof(IFindAccounts)], FindOrderAsync),
        new("find-nothing", [typeof(IFindAccounts)], FindNothingAsync),
    ];

    private static async Task CreateFindReadAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        var account = data.NewAccount();
        var created = await ((ICreateAccounts)connector).CreateAsync(account, data.Context(), cancellationToken);
        Expect.That(created.Id.Length > 0, "a created account must have an id");
        var found = await FindAsync(connector, data, account, cancellationToken);
        Expect.That(found.Count == 1, $"a created account must be found once, not '{found.Count}' times");
        Expect.That(found[0].Account.Id == created.Id, "a created account must be found with the id that creating returned");
        Expect.That(found[0].Ownership == AccountOwnership.Ours, "a created account must be found as ours");
        var attribute = data.ChangedAttribute;
        Expect.That(
            Expect.Text(found[0].Account, attribute) == AttributePath.Text(account.Attributes, attribute),
            $"the attribute '{attribute}' must be read as it was written");
    }

    private static async Task DuplicateAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        // Without unique names the host searches first, and the target has nothing to refuse.
        if (!connector.NamesAreUnique)
            return;
        var create = (ICreateAccounts)connector;
        var account = data.NewAccount();
        await create.CreateAsync(account, data.Context(), cancellationToken);
        var other = account with { OwnershipMarker = data.NewAccount().OwnershipMarker, Attributes = account.Attributes.DeepClone().AsObject() };
        await Expect.FailsAsync(
            FailureKind.Conflict, () => create.CreateAsync(other, data.Context(), cancellationToken), "creating a name that is taken");
    }

    private static async Task UpdateAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        var account = data.NewAccount();
        var created = await ((ICreateAccounts)connector).CreateAsync(account, data.Context(), cancellationToken);
        var before = (await FindAsync(connector, data, account, cancellationToken)).Single().Account;
        var desired = account.Attributes.DeepClone().AsObject();
        AttributePath.Set(desired, data.ChangedAttribute, "Changed");
        var delta = new AccountDelta([AttributePath.Change(data.ChangedAttribute, "Changed")], desired);
        await ((IUpdateAccounts)connector).UpdateAsync(created.Id, delta, data.Context(), cancellationToken);
        var after = (await FindAsync(connector, data, account, cancellationToken)).Single().Account;
        Expect.That(Expect.Text(after, data.ChangedAttribute) == "Changed", $"the attribute '{data.ChangedAttribute}' must have its new value");
        foreach (var name in account.Attributes.Select(a => a.Key).Where(n => n != data.ChangedAttribute.Split('.')[0]))
            Expect.That(Expect.Text(after, name) == Expect.Text(before, name), $"the attribute '{name}' must stay as it was");
        Expect.That(after.Enabled == before.Enabled, "an update must not change whether the account is enabled");
    }

    private static Task UpdateMissingAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        var account = data.NewAccount();
        var delta = new AccountDelta([AttributePath.Change(data.ChangedAttribute, "Changed")], account.Attributes);
        return Expect.FailsAsync(
            FailureKind.Gone,
            () => ((IUpdateAccounts)connector).UpdateAsync(data.UnknownId(), delta, data.Context(), cancellationToken),
            "updating a missing account");
    }

    private static async Task DeleteTwiceAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        var account = data.NewAccount();
        var created = await ((ICreateAccounts)connector).CreateAsync(account, data.Context(), cancellationToken);
        var delete = (IDeleteAccounts)connector;
        await delete.DeleteAsync(created.Id, data.Context(), cancellationToken);
        await delete.DeleteAsync(created.Id, data.Context(), cancellationToken);
        if (connector is IFindAccounts)
            Expect.That((await FindAsync(connector, data, account, cancellationToken)).Count == 0, "a deleted account must not be found");
    }

    private static async Task FindOrderAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        var create = (ICreateAccounts)connector;
        var named = data.NewAccount();
        var marked = data.NewAccount();
        await create.CreateAsync(named, data.Context(), cancellationToken);
        var expected = await create.CreateAsync(marked, data.Context(), cancellationToken);
        var key = data.Key(named) with { OwnershipMarker = marked.OwnershipMarker };
        var found = await ((IFindAccounts)connector).FindAsync(ResourceType.User, key, data.Context(), cancellationToken);
        Expect.That(found.Count > 0 && found[0].Account.Id == expected.Id, "the account with our marker must come before one with the same name");
        Expect.That(found[0].Ownership == AccountOwnership.Ours, "the account with our marker must be ours");
        Expect.That(found.Skip(1).All(m => m.Ownership != AccountOwnership.Ours), "an account with another marker must not be ours");
    }

    private static async Task FindNothingAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        var found = await FindAsync(connector, data, data.NewAccount(), cancellationToken);
        Expect.That(found.Count == 0, "what does not exist must not be found");
    }

    private static Task<IReadOnlyList<MatchedAccount>> FindAsync(
        IConnector connector, ConformanceData data, NewAccount account, CancellationToken cancellationToken)
    {
        return ((IFindAccounts)connector).FindAsync(ResourceType.User, data.Key(account), data.Context(), cancellationToken);
    }
}
