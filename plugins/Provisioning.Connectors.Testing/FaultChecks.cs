namespace Provisioning.Connectors.Testing;

internal static class FaultChecks
{
    // Longer conversations than this for one creation would be a defect of their own.
    private const int MostAnswers = 60;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static IReadOnlyList<FaultCheck> All { get; } =
    [
        new("lost-answer-never-hides-an-account", [typeof(ICreateAccounts), typeof(IFindAccounts)], LostAnswerAsync),
        new("unreachable-transient", [typeof(ICreateAccounts)], UnreachableAsync),
        new("unreachable-test-says-so", [typeof(ITestConnection)], UnreachableTestAsync),
        new("broken-connection-recovers", [typeof(IFindAccounts)], RecoverAsync),
        new("cancelled-while-waiting", [typeof(ICreateAccounts), typeof(IFindAccounts)], CancelWhileWaitingAsync),
        new("broken-listing-throws", [typeof(ICreateAccounts), typeof(IListAccounts)], BrokenListingAsync),
    ];

    /// <summary>Cuts the line in place of the first answer, then of the second, and so on until a creation gets through.</summary>
    private static async Task LostAnswerAsync(IConnector connector, FaultProxy proxy, ConformanceData data, CancellationToken cancellationToken)
    {
        for (var answers = 0; answers < MostAnswers; answers++)
        {
            var account = data.NewAccount();
            await FindAsync(connector, data, account, cancellationToken);
            proxy.CutAfter(answers);
            var failure = await TryCreateAsync(connector, data, account, cancellationToken);
            proxy.Pass();
            var found = await FindAsync(connector, data, account, cancellationToken);
            if (failure is null)
            {
                Expect.That(found.Count == 1, "an account whose creation succeeded must be found");
                Expect.That(answers > 0, "a creation must not succeed without an answer of the target");
                return;
            }

            if (found.Count > 0)
                Expect.That(failure == FailureKind.Ambiguous, $"a creation that was done but whose answer was lost must fail with 'Ambiguous', not '{failure}'");
            else
                Expect.That(failure is FailureKind.Transient or FailureKind.Ambiguous, $"a broken line must fail with 'Transient' or 'Ambiguous', not '{failure}'");
        }

        throw new ConformanceException($"a creation needed more than {MostAnswers} answers of the target");
    }

    private static Task UnreachableAsync(IConnector connector, FaultProxy proxy, ConformanceData data, CancellationToken cancellationToken)
    {
        proxy.Refuse();
        return Expect.FailsAsync(
            FailureKind.Transient,
            () => ((ICreateAccounts)connector).CreateAsync(data.NewAccount(), data.Context(), cancellationToken),
            "creating at a target that refuses connections");
    }

    private static async Task UnreachableTestAsync(IConnector connector, FaultProxy proxy, ConformanceData data, CancellationToken cancellationToken)
    {
        proxy.Refuse();
        string? said;
        try
        {
            said = await ((ITestConnection)connector).TestAsync(data.Context(), cancellationToken);
        }
        catch (ConnectorException e)
        {
            said = e.Message;
        }

        Expect.That(!string.IsNullOrWhiteSpace(said), "a test of a target that refuses connections must say what is wrong");
    }

    private static async Task RecoverAsync(IConnector connector, FaultProxy proxy, ConformanceData data, CancellationToken cancellationToken)
    {
        await FindAsync(connector, data, data.NewAccount(), cancellationToken);
        proxy.Refuse();
        try
        {
            await FindAsync(connector, data, data.NewAccount(), cancellationToken);
        }
        catch (ConnectorException e)
        {
            Expect.That(e.Kind == FailureKind.Transient, $"finding at a target that refuses connections must fail with 'Transient', not '{e.Kind}'");
        }

        proxy.Pass();
        await FindAsync(connector, data, data.NewAccount(), cancellationToken);
    }

    private static async Task CancelWhileWaitingAsync(IConnector connector, FaultProxy proxy, ConformanceData data, CancellationToken cancellationToken)
    {
        await FindAsync(connector, data, data.NewAccount(), cancellationToken);
        proxy.Stall();
        using var source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var call = TryCreateAsync(connector, data, data.NewAccount(), source.Token);
        await proxy.RequestSeen.WaitAsync(Patience, cancellationToken);
        await source.CancelAsync();
        try
        {
            var kind = await call.WaitAsync(Patience, cancellationToken);
            Expect.That(
                kind is FailureKind.Ambiguous or FailureKind.Transient,
                $"a creation that is cancelled while it waits must end as cancelled or 'Ambiguous', not '{kind?.ToString() ?? "Done"}'");
        }
        catch (OperationCanceledException)
        {
            // As asked.
        }
        catch (TimeoutException)
        {
            throw new ConformanceException("a creation must end soon after it was cancelled, though the target does not answer");
        }
        finally
        {
            proxy.Refuse();
        }
    }

    private static async Task BrokenListingAsync(IConnector connector, FaultProxy proxy, ConformanceData data, CancellationToken cancellationToken)
    {
        for (var i = 0; i < data.ListedAccounts; i++)
            await ((ICreateAccounts)connector).CreateAsync(data.NewAccount(), data.Context(), cancellationToken);
        var complete = await CountAsync(connector, data, cancellationToken);
        for (var answers = 0; answers < 3; answers++)
        {
            proxy.CutAfter(answers);
            try
            {
                var count = await CountAsync(connector, data, cancellationToken);
                Expect.That(count >= complete, $"a listing ended early, with {count} of {complete} accounts, and did not throw");
            }
            catch (ConnectorException e)
            {
                Expect.That(e.Kind == FailureKind.Transient, $"a listing on a broken line must fail with 'Transient', not '{e.Kind}'");
            }

            proxy.Pass();
        }
    }

    private static async Task<int> CountAsync(IConnector connector, ConformanceData data, CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var _ in ((IListAccounts)connector).ListAsync(ResourceType.User, data.Context(), cancellationToken))
            count++;
        return count;
    }

    private static async Task<FailureKind?> TryCreateAsync(
        IConnector connector, ConformanceData data, NewAccount account, CancellationToken cancellationToken)
    {
        try
        {
            await ((ICreateAccounts)connector).CreateAsync(account, data.Context(), cancellationToken);
            return null;
        }
        catch (ConnectorException e)
        {
            return e.Kind;
        }
    }

    private static Task<IReadOnlyList<MatchedAccount>> FindAsync(
        IConnector connector, ConformanceData data, NewAccount account, CancellationToken cancellationToken) =>
        ((IFindAccounts)connector).FindAsync(ResourceType.User, data.Key(account), data.Context(), cancellationToken);
}
