namespace Provisioning.Connectors.Testing;

/// <summary>Passwords, schema, test and the states an account starts in.</summary>
internal static class CapabilityChecks
{
    public static IReadOnlyList<ConformanceCheck> All { get; } =
    [
        new("created-disabled", [typeof(ICreateAccounts), typeof(IDisableAccounts), typeof(IFindAccounts)], CreatedDisabledAsync),
        new("update-enables", [typeof(ICreateAccounts), typeof(IDisableAccounts), typeof(IUpdateAccounts), typeof(IFindAccounts)], UpdateEnablesAsync),
        new("delete-disabled", [typeof(ICreateAccounts), typeof(IDisableAccounts), typeof(IDeleteAccounts)], DeleteDisabledAsync),
        new("test-connection", [typeof(ITestConnection)], TestAsync),
        new("schema-knows-what-is-written", [typeof(IDescribeSchema)], SchemaAsync),
        new("password-set", [typeof(ICreateAccounts), typeof(ISetPasswords)], PasswordAsync),
        new("password-missing-gone", [typeof(ISetPasswords)], PasswordMissingAsync),
        new("dispose-twice", [], static async (connector, _, _) => await connector.DisposeAsync()),
    ];

    private static async Task CreatedDisabledAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        var account = data.NewAccount() with { Enabled = false };
        await ((ICreateAccounts)connector).CreateAsync(account, data.Context(), cancellationToken);
        await ExpectEnabledAsync(connector, data, account, false, cancellationToken);
    }

    private static async Task UpdateEnablesAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        var account = data.NewAccount();
        var created = await ((ICreateAccounts)connector).CreateAsync(account, data.Context(), cancellationToken);
        await ((IDisableAccounts)connector).SetEnabledAsync(created.Id, false, data.Context(), cancellationToken);
        await ExpectEnabledAsync(connector, data, account, false, cancellationToken);
        var desired = account.Attributes.DeepClone().AsObject();
        AttributePath.Set(desired, data.ChangedAttribute, "Back");
        var delta = new AccountDelta([AttributePath.Change(data.ChangedAttribute, "Back")], desired, Enabled: true);
        await ((IUpdateAccounts)connector).UpdateAsync(created.Id, delta, data.Context(), cancellationToken);
        await ExpectEnabledAsync(connector, data, account, true, cancellationToken);
    }

    private static async Task DeleteDisabledAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        var created = await ((ICreateAccounts)connector).CreateAsync(data.NewAccount(), data.Context(), cancellationToken);
        await ((IDisableAccounts)connector).SetEnabledAsync(created.Id, false, data.Context(), cancellationToken);
        await ((IDeleteAccounts)connector).DeleteAsync(created.Id, data.Context(), cancellationToken);
    }

    private static async Task TestAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        var wrong = await ((ITestConnection)connector).TestAsync(data.Context(), cancellationToken);
        Expect.That(wrong is null, $"the test of a target that works must find nothing wrong, but said '{wrong}'");
    }

    private static async Task SchemaAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        var schema = await ((IDescribeSchema)connector).DescribeAsync(ResourceType.User, data.Context(), cancellationToken);
        var names = schema.Select(attribute => attribute.Name).ToList();
        Expect.That(names.Distinct(StringComparer.OrdinalIgnoreCase).Count() == names.Count, "the schema must have each attribute once");
        foreach (var name in data.NewAccount().Attributes.Select(attribute => attribute.Key))
            Expect.That(names.Contains(name, StringComparer.OrdinalIgnoreCase), $"the schema must know the attribute '{name}', which accounts are created with");
        Expect.That(
            !schema.Single(attribute => attribute.Name.Equals(data.ChangedAttribute, StringComparison.OrdinalIgnoreCase)).ReadOnly,
            $"the attribute '{data.ChangedAttribute}' is written, so the schema must not call it read-only");
    }

    private static async Task PasswordAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        var created = await ((ICreateAccounts)connector).CreateAsync(data.NewAccount(), data.Context(), cancellationToken);
        await ((ISetPasswords)connector).SetPasswordAsync(created.Id, new Secret(data.Password), data.Context(), cancellationToken);
    }

    private static Task PasswordMissingAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken) =>
        Expect.FailsAsync(
            FailureKind.Gone,
            () => ((ISetPasswords)connector).SetPasswordAsync(data.UnknownId(), new Secret(data.Password), data.Context(), cancellationToken),
            "setting the password of a missing account");

    private static async Task ExpectEnabledAsync(
        IConnector connector, ConformanceData data, NewAccount account, bool enabled, CancellationToken cancellationToken)
    {
        var found = await ((IFindAccounts)connector).FindAsync(ResourceType.User, data.Key(account), data.Context(), cancellationToken);
        Expect.That(found.Count == 1, $"the account must be found once, not '{found.Count}' times");
        Expect.That((found[0].Account.Enabled ?? enabled) == enabled, $"the account must be read with enabled '{enabled}'");
    }
}
