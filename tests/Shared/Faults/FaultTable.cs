using Provisioning.Connectors;
using Provisioning.Connectors.Testing;

namespace Provisioning.Testing;

/// <summary>
/// How the faults of the page are brought about at one kind of target. What has to come of them is not written here, but on the page.
/// </summary>
/// <param name="connector">The name of the connector on the page.</param>
/// <param name="type">The class of the connector, which says what operations it has.</param>
internal sealed class FaultTable<TTarget>(string connector, Type type)
{
    public List<FaultWay<TTarget>> Ways { get; init; } = [];

    /// <summary>
    /// The faults that are not here, and why: this kind of target does not have them, or another test holds them. A name is that of a row, or
    /// <c>row: operation</c>.
    /// </summary>
    public Dictionary<string, string> NotHere { get; init; } = [];

    private IEnumerable<string> Operations => FaultPage.Operations.Where(operation => FaultCalls.Has(type, operation));

    private IReadOnlyList<string> Differences => FaultPage.Differences(connector);

    /// <summary>Each way, with each operation that it concerns.</summary>
    public TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var way in Ways)
            {
                foreach (var operation in Operations.Where(operation => way.Concerns(operation) && Outcome(way, operation) is not null))
                    cases.Add(way.Name, operation);
            }

            return cases;
        }
    }

    /// <summary>Brings a fault about, runs an operation, and compares what comes of it with the page.</summary>
    /// <param name="name">The name of the way.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="target">A target that works.</param>
    /// <param name="working">A connector to it.</param>
    /// <param name="data">The accounts.</param>
    /// <param name="settle">Waits until nothing is new at the target, where that matters.</param>
    public async Task HoldAsync(string name, string operation, TTarget target, IConnector working, ConformanceData data, Action? settle = null)
    {
        var token = TestContext.Current.CancellationToken;
        var way = Ways.Single(way => way.Name == name);
        var scene = new FaultScene<TTarget>(target, working, data, operation);
        scene.Id = (await ((ICreateAccounts)working).CreateAsync(scene.There, data.Context(), token)).Id;
        if (operation == "enable")
            await ((IDisableAccounts)working).SetEnabledAsync(scene.Id, false, data.Context(), token);
        settle?.Invoke();
        await way.BringAbout(scene);

        IReadOnlyList<string> shown = [];
        var thrown = await Record.ExceptionAsync(async () => shown = await FaultCalls.RunAsync(scene, token));
        var said = thrown is null ? "done" : $"{(thrown as ConnectorException)?.Kind.ToString() ?? thrown.GetType().Name}: {thrown.Message}";
        Assert.True(thrown is null or ConnectorException, $"nothing but a ConnectorException may leave a connector, not {thrown}");
        var kind = (thrown as ConnectorException)?.Kind;
        var outcome = Outcome(way, operation)!;
        Assert.True(outcome.Allows(kind), $"the page says '{outcome}', the connector {said}");
        Assert.True(way.Kind is null || way.Kind == kind, $"the kind should be '{way.Kind}', the connector says {said}");
        Assert.DoesNotContain(scene.Reads ? scene.Id : "", shown);
        if (kind is FailureKind.Unauthorized or FailureKind.Misconfigured)
            Assert.True(await IsSeenByTestAsync(scene, token), $"the test of the connection finds nothing wrong, so the target would open again at once: {said}");
        if (scene.Connector != working)
            await scene.Connector.DisposeAsync();
        foreach (var owned in scene.Owned)
            await owned.DisposeAsync();
    }

    /// <summary>Fails when a row of the page is neither brought about, in every column that the connector has, nor among <see cref="NotHere"/>.</summary>
    public void ShouldHoldEveryRow()
    {
        var unheld =
            from fault in FaultPage.Faults
            from operation in Operations
            where FaultPage.Outcome(fault, operation) is not null && !NotHere.ContainsKey(fault) && !NotHere.ContainsKey($"{fault}: {operation}")
            where !Ways.Exists(way => way.Fault == fault && way.Concerns(operation))
            select $"{fault}: {operation}";
        var undiffering = Differences.Where(fault => !NotHere.ContainsKey(fault) && !Ways.Exists(way => way.Fault == fault));
        var unknown = NotHere.Keys.Concat(Ways.Select(way => way.Fault)).Where(name => !FaultPage.Faults.Concat(Differences).Contains(name.Split(':')[0]));
        Assert.Empty(unheld.Concat(undiffering).Concat(unknown));
    }

    private FaultOutcome? Outcome(FaultWay<TTarget> way, string operation) =>
        Differences.Contains(way.Fault) ? FaultPage.Difference(connector, way.Fault) : FaultPage.Outcome(way.Fault, operation);

    private static async Task<bool> IsSeenByTestAsync(FaultScene<TTarget> scene, CancellationToken token)
    {
        try
        {
            return await ((ITestConnection)scene.Connector).TestAsync(scene.Context, token) is not null;
        }
        catch (ConnectorException)
        {
            return true;
        }
    }
}
