namespace Provisioning.Connectors.Testing;

/// <summary>Every bad answer for every operation.</summary>
internal static class HttpChecks
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static IReadOnlyList<HttpCheck> All { get; } =
    [
        .. from fault in HttpFaults.All
           from operation in HttpOperation.All
           where fault.Operations.Count == 0 || fault.Operations.Contains(operation.Name)
           select new HttpCheck(fault, operation),
    ];

    public static async Task RunAsync(HttpCheck check, IConnector connector, FaultyHttp proxy, ConformanceData data, CancellationToken cancellationToken)
    {
        // Through the same line, so that tokens are there and what can be asked once was asked.
        var account = data.NewAccount();
        var created = await ((ICreateAccounts)connector).CreateAsync(account, data.Context(), cancellationToken);
        proxy.Answer(check.Fault, readsPass: !check.Operation.Reads && !check.Fault.Everywhere);
        try
        {
            await check.Operation.Run(connector, data, account, created, cancellationToken).WaitAsync(Patience, cancellationToken);
            Expect.That(
                check.Fault.LooksLikeSuccess && !check.Operation.Reads && !check.Operation.Creates,
                $"'{check.Operation.Name}' must fail when the answer is '{check.Fault.Name}', but succeeded");
        }
        catch (ConnectorException failure)
        {
            Judge(check, failure);
        }
        catch (TimeoutException)
        {
            throw new ConformanceException($"'{check.Operation.Name}' did not end within {Patience.TotalSeconds:0} seconds when the answer was '{check.Fault.Name}'");
        }
        catch (Exception failure) when (failure is not (ConformanceException or OperationCanceledException))
        {
            throw new ConformanceException($"'{check.Operation.Name}' must fail with a ConnectorException, not {failure.GetType().Name}: {failure.Message}", failure);
        }

        Expect.That(proxy.Faults > 0, $"'{check.Operation.Name}' sent nothing that could be answered with '{check.Fault.Name}'");
    }

    private static void Judge(HttpCheck check, ConnectorException failure)
    {
        var (fault, operation) = (check.Fault, check.Operation);
        var right = operation.Creates ? fault.ForCreate : fault.Otherwise;
        Expect.That(
            right.Count == 0 || right.Contains(failure.Kind),
            $"'{operation.Name}' answered with '{fault.Name}' must fail with '{string.Join("' or '", right)}', not '{failure.Kind}': {failure.Message}");

        // Neither is what such an answer says, and both make the host forget or adopt an account.
        Expect.That(
            failure.Kind is not (FailureKind.Gone or FailureKind.Conflict),
            $"'{operation.Name}' answered with '{fault.Name}' must not fail with '{failure.Kind}'");
        if (fault.Pause is var (least, most))
        {
            Expect.That(
                failure.RetryAfter is { } pause && pause.TotalSeconds >= least && pause.TotalSeconds <= most,
                $"the failure must carry the pause that the target asked for, not '{failure.RetryAfter?.ToString() ?? "none"}'");
        }
    }
}
