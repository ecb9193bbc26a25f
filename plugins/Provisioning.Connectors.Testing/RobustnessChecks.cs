using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Testing;

/// <summary>Retries, races, awkward values and cancellation.</summary>
internal static class RobustnessChecks
{
    private const int Racers = 8;

    public static IReadOnlyList<ConformanceCheck> All { get; } =
    [
        new("awkward-text-kept", [typeof(ICreateAccounts), typeof(IFindAccounts), typeof(IUpdateAccounts)], AwkwardTextAsync),
        new("find-takes-names-literally", [typeof(ICreateAccounts), typeof(IFindAccounts)], LiteralNamesAsync),
        new("update-twice", [typeof(ICreateAccounts), typeof(IFindAccounts), typeof(IUpdateAccounts)], UpdateTwiceAsync),
        new("update-removes", [typeof(ICreateAccounts), typeof(IFindAccounts), typeof(IUpdateAccounts)], UpdateRemovesAsync),
        new("rename-keeps-id", [typeof(ICreateAccounts), typeof(IFindAccounts), typeof(IUpdateAccounts)], RenameAsync),
        new("rename-to-taken-conflict", [typeof(ICreateAccounts), typeof(IUpdateAccounts)], RenameToTakenAsync),
        new("delete-missing", [typeof(IDeleteAccounts)], DeleteMissingAsync),
        new("one-winner-for-one-name", [typeof(ICreateAccounts)], OneWinnerAsync),
        new("many-at-once", [typeof(ICreateAccounts), typeof(IFindAccounts)], ManyAtOnceAsync),
        new("cancelled-before-find", [typeof(IFindAccounts)], CancelledFindAsync),
        new("cancelled-before-update", [typeof(ICreateAccounts), typeof(IFindAccounts), typeof(IUpdateAccounts)], CancelledUpdateAsync),
        new("cancelled-before-delete", [typeof(ICreateAccounts), typeof(IFindAccounts), typeof(IDeleteAccounts)], CancelledDeleteAsync),
        new("cancelled-listing-stops", [typeof(ICreateAccounts), typeof(IListAccounts)], CancelledListingAsync),
    ];

    private static async Task AwkwardTextAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        var account = data.NewAccount();
        AttributePath.Set(account.Attributes, data.ChangedAttribute, data.AwkwardText);
        var created = await CreateAsync(connector, data, account, cancellationToken);
        await ExpectTextAsync(connector, data, account, data.AwkwardText, cancellationToken);
        var other = data.AwkwardText + "!";
        await ChangeAsync(connector, data, created.Id, account, data.ChangedAttribute, other, cancellationToken);
        await ExpectTextAsync(connector, data, account, other, cancellationToken);
    }

    private static async Task LiteralNamesAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        await CreateAsync(connector, data, data.NewAccount(), cancellationToken);
        foreach (var name in (string[])["*", "check-*", "%", "' or '1'='1", "\" or id pr or \"", ")(objectClass=*", "$filter"])
        {
            var key = new MatchKey(Guid.NewGuid().ToString("N"), name);
            var found = await ((IFindAccounts)connector).FindAsync(ResourceType.User, key, data.Context(), cancellationToken);
            Expect.That(found.Count == 0, $"the name '{name}' must be taken as it is, but it matched {found.Count} accounts");
        }
    }

    private static async Task UpdateTwiceAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        var account = data.NewAccount();
        var created = await CreateAsync(connector, data, account, cancellationToken);
        for (var i = 0; i < 2; i++)
            await ChangeAsync(connector, data, created.Id, account, data.ChangedAttribute, "Twice", cancellationToken);
        await ExpectTextAsync(connector, data, account, "Twice", cancellationToken);
    }

    private static async Task UpdateRemovesAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        if (data.RemovableAttribute is not { } attribute)
            return;
        var account = data.NewAccount();
        AttributePath.Set(account.Attributes, attribute, AttributePath.Text(account.Attributes, attribute) ?? "Removable");
        var created = await CreateAsync(connector, data, account, cancellationToken);

        // Twice, since removing what is not there is success.
        for (var i = 0; i < 2; i++)
            await ChangeAsync(connector, data, created.Id, account, attribute, null, cancellationToken);
        var found = await FindAsync(connector, data, account, cancellationToken);
        Expect.That(string.IsNullOrEmpty(Expect.Text(found.Single().Account, attribute)), $"the attribute '{attribute}' must be gone");
    }

    private static async Task RenameAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        if (data.NameAttribute is not { } attribute)
            return;
        var account = data.NewAccount();
        var created = await CreateAsync(connector, data, account, cancellationToken);
        var name = data.NameOf(data.NewAccount());
        await ChangeAsync(connector, data, created.Id, account, attribute, name, cancellationToken);
        var key = new MatchKey(Guid.NewGuid().ToString("N"), name);
        var found = await ((IFindAccounts)connector).FindAsync(ResourceType.User, key, data.Context(), cancellationToken);
        Expect.That(found.Count == 1 && found[0].Account.Id == created.Id, "a renamed account must be found by its new name, with its old id");

        // The id must still work for what comes next.
        await ChangeAsync(connector, data, created.Id, account, data.ChangedAttribute, "Renamed", cancellationToken);
        await ExpectTextAsync(connector, data, account, "Renamed", cancellationToken);
    }

    private static async Task RenameToTakenAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        if (data.NameAttribute is not { } attribute || !connector.NamesAreUnique)
            return;
        var taken = data.NewAccount();
        await CreateAsync(connector, data, taken, cancellationToken);
        var account = data.NewAccount();
        var created = await CreateAsync(connector, data, account, cancellationToken);
        await Expect.FailsAsync(
            FailureKind.Conflict,
            () => ChangeAsync(connector, data, created.Id, account, attribute, data.NameOf(taken), cancellationToken),
            "renaming to a name that is taken");
    }

    private static Task DeleteMissingAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken) =>
        ((IDeleteAccounts)connector).DeleteAsync(data.UnknownId(), data.Context(), cancellationToken);

    private static async Task OneWinnerAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        if (!connector.NamesAreUnique)
            return;
        var account = data.NewAccount();
        var kinds = await Task.WhenAll(Enumerable.Range(0, Racers).Select(_ => RaceAsync()));
        Expect.That(kinds.Count(kind => kind is null) == 1, "of creations at once with one name exactly one must succeed");
        Expect.That(kinds.All(kind => kind is null or FailureKind.Conflict), "the others must fail with 'Conflict'");

        async Task<FailureKind?> RaceAsync()
        {
            try
            {
                var own = account with { OwnershipMarker = Guid.NewGuid().ToString("N"), Attributes = account.Attributes.DeepClone().AsObject() };
                await CreateAsync(connector, data, own, cancellationToken);
                return null;
            }
            catch (ConnectorException e)
            {
                return e.Kind;
            }
        }
    }

    private static async Task ManyAtOnceAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        var accounts = Enumerable.Range(0, Racers * 2).Select(_ => data.NewAccount()).ToList();
        var created = await Task.WhenAll(accounts.Select(account => CreateAsync(connector, data, account, cancellationToken)));
        var found = await Task.WhenAll(accounts.Select(account => FindAsync(connector, data, account, cancellationToken)));
        for (var i = 0; i < accounts.Count; i++)
            Expect.That(found[i].Count == 1 && found[i][0].Account.Id == created[i].Id, "calls at once must not mix up accounts");
    }

    private static Task CancelledFindAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        var key = data.Key(data.NewAccount());
        return Expect.CancelledAsync(
            token => ((IFindAccounts)connector).FindAsync(ResourceType.User, key, data.Context(), token), "finding");
    }

    private static async Task CancelledUpdateAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        var account = data.NewAccount();
        var created = await CreateAsync(connector, data, account, cancellationToken);
        await Expect.CancelledAsync(token => ChangeAsync(connector, data, created.Id, account, data.ChangedAttribute, "Late", token), "updating");
        await ExpectTextAsync(connector, data, account, AttributePath.Text(account.Attributes, data.ChangedAttribute)!, cancellationToken);
    }

    private static async Task CancelledDeleteAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        var account = data.NewAccount();
        var created = await CreateAsync(connector, data, account, cancellationToken);
        await Expect.CancelledAsync(token => ((IDeleteAccounts)connector).DeleteAsync(created.Id, data.Context(), token), "deleting");
        Expect.That((await FindAsync(connector, data, account, cancellationToken)).Count == 1, "a cancelled deletion must leave the account");
    }

    private static async Task CancelledListingAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        for (var i = 0; i < 3; i++)
            await CreateAsync(connector, data, data.NewAccount(), cancellationToken);
        using var source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await foreach (var _ in ((IListAccounts)connector).ListAsync(ResourceType.User, data.Context(), source.Token))
                await source.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            return;
        }

        throw new ConformanceException("a listing that is cancelled on the way must throw, since it is not complete");
    }

    private static Task<Account> CreateAsync(IConnector connector, ConformanceData data, NewAccount account, CancellationToken cancellationToken) =>
        ((ICreateAccounts)connector).CreateAsync(account, data.Context(), cancellationToken);

    private static Task<IReadOnlyList<MatchedAccount>> FindAsync(
        IConnector connector, ConformanceData data, NewAccount account, CancellationToken cancellationToken) =>
        ((IFindAccounts)connector).FindAsync(ResourceType.User, data.Key(account), data.Context(), cancellationToken);

    private static Task<Account?> ChangeAsync(
        IConnector connector, ConformanceData data, string id, NewAccount account, string attribute, string? value, CancellationToken cancellationToken)
    {
        var desired = account.Attributes.DeepClone().AsObject();
        AttributePath.Set(desired, attribute, value);
        var delta = new AccountDelta([AttributePath.Change(attribute, value)], desired);
        return ((IUpdateAccounts)connector).UpdateAsync(id, delta, data.Context(), cancellationToken);
    }

    private static async Task ExpectTextAsync(
        IConnector connector, ConformanceData data, NewAccount account, string expected, CancellationToken cancellationToken)
    {
        var found = await FindAsync(connector, data, account, cancellationToken);
        Expect.That(found.Count == 1, $"the account must be found once, not '{found.Count}' times");
        var text = Expect.Text(found[0].Account, data.ChangedAttribute);
        Expect.That(text == expected, $"the attribute '{data.ChangedAttribute}' must be read as '{expected}', not '{text}'");
    }
}
