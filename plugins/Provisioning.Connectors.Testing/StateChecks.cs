namespace Provisioning.Connectors.Testing;

internal static class StateChecks
{
    public static IReadOnlyList<ConformanceCheck> All { get; } =
    [
        new("disable-enable", [typeof(ICreateAccounts), typeof(IDisableAccounts), typeof(IFindAccounts)], DisableEnableAsync),
        new("disable-missing-gone", [typeof(IDisableAccounts)], DisableMissingAsync),
        new("update-writes-marker", [typeof(ICreateAccounts), typeof(IUpdateAccounts), typeof(IFindAccounts)], MarkAsync),
        new("list-contains-all", [typeof(ICreateAccounts), typeof(IListAccounts)], ListAsync),
        new("cancelled-before-create", [typeof(ICreateAccounts)], CancelAsync),
    ];

    private static async Task DisableEnableAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        var account = data.NewAccount();
        var created = await ((ICreateAccounts)connector).CreateAsync(account, data.Context(), cancellationToken);

        // Each state is set twice, since setting what is already so is success.
        foreach (var enabled in (bool[])[false, false, true, true])
        {
            await ((IDisableAccounts)connector).SetEnabledAsync(created.Id, enabled, data.Context(), cancellationToken);
            var found = await ((IFindAccounts)connector).FindAsync(ResourceType.User, data.Key(account), data.Context(), cancellationToken);
            Expect.That(found.Count == 1, "a disabled account must still be found");
            Expect.That((found[0].Account.Enabled ?? enabled) == enabled, $"the account must be read with enabled '{enabled}'");
        }
    }

    private static Task DisableMissingAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        return Expect.FailsAsync(
            FailureKind.Gone,
            () => ((IDisableAccounts)connector).SetEnabledAsync(data.UnknownId(), false, data.Context(), cancellationToken),
            "disabling a missing account");
    }

    private static async Task MarkAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        var account = data.NewAccount();
        var created = await ((ICreateAccounts)connector).CreateAsync(account, data.Context(), cancellationToken);
        var taken = account with { OwnershipMarker = data.NewAccount().OwnershipMarker };
        var delta = new AccountDelta([], account.Attributes.DeepClone().AsObject()) { Marker = taken.OwnershipMarker, OwnershipMarker = taken.OwnershipMarker };

        // Twice, since a retry must not fail.
        for (var i = 0; i < 2; i++)
            await ((IUpdateAccounts)connector).UpdateAsync(created.Id, delta, data.Context(), cancellationToken);
        if (!data.WritesMarkers)
            return;
        var found = await ((IFindAccounts)connector).FindAsync(ResourceType.User, data.Key(taken), data.Context(), cancellationToken);
        Expect.That(found.Count == 1 && found[0].Account.Id == created.Id, "an account must be found by the marker that an update wrote");
        Expect.That(found[0].Ownership == AccountOwnership.Ours, "an account must be ours by the marker that an update wrote");
        Expect.That(
            Expect.Text(found[0].Account, data.ChangedAttribute) == AttributePath.Text(account.Attributes, data.ChangedAttribute),
            "an update that only writes the marker must leave the attributes as they are");
    }

    private static async Task ListAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        var expected = new HashSet<string>();
        for (var i = 0; i < 5; i++)
            expected.Add((await ((ICreateAccounts)connector).CreateAsync(data.NewAccount(), data.Context(), cancellationToken)).Id);
        var seen = new HashSet<string>();
        await foreach (var account in ((IListAccounts)connector).ListAsync(ResourceType.User, data.Context(), cancellationToken))
            Expect.That(seen.Add(account.Id), $"the account '{account.Id}' must be listed once");
        Expect.That(expected.IsSubsetOf(seen), "every account must be listed");
    }

    private static async Task CancelAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        var account = data.NewAccount();
        await Expect.CancelledAsync(token => ((ICreateAccounts)connector).CreateAsync(account, data.Context(), token), "creating");
        if (connector is IFindAccounts find)
        {
            var found = await find.FindAsync(ResourceType.User, data.Key(account), data.Context(), cancellationToken);
            Expect.That(found.Count == 0, "a cancelled creation must leave no account");
        }
    }
}
