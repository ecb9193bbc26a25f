using Provisioning.Connectors;
using Provisioning.Connectors.Csv;
using Provisioning.Connectors.Testing;

namespace Provisioning.Isolation.Tests;

/// <summary>The conformance kit through the process boundary: no promise may get lost on the pipe.</summary>
public sealed class When_CSV_runs_in_its_own_process : ConnectorConformance, IAsyncDisposable
{
    private readonly IsolatedPlugins _plugins = new("csv");

    public static TheoryData<string> Names => [.. ChecksFor<CsvConnector>(faults: false)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Should_conform(string name) => Assert.True(await RunAsync(name, TestContext.Current.CancellationToken), "a check was skipped");

    public ValueTask DisposeAsync() => _plugins.DisposeAsync();

    protected override Task<IConnector> OpenAsync() => Task.FromResult(_plugins.Open("csv", """{ "path": "accounts.csv" }"""));
}
