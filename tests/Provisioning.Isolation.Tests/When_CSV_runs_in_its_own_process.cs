using Provisioning.Connectors;
using Provisioning.Connectors.Csv;
using Provisioning.Connectors.Testing;

namespace Provisioning.Isolation.Tests;

/// <summary>The conformance kit through the process boundary: no promise may get lost on the pipe.</summary>
public sealed class When_CSV_runs_in_its_own_process(When_CSV_runs_in_its_own_process.Shipped shipped)
    : ConnectorConformance, IClassFixture<When_CSV_runs_in_its_own_process.Shipped>
{
    private readonly string _file = $"accounts-{Guid.NewGuid():n}.csv";

    public static TheoryData<string> Names => [.. ChecksFor<CsvConnector>(faults: false).Where(name => name != "update-writes-marker")];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Should_conform(string name) => Assert.True(await RunAsync(name, TestContext.Current.CancellationToken), "a check was skipped");

    protected override Task<IConnector> OpenAsync() => Task.FromResult(shipped.Plugins.Open("csv", $$"""{ "path": "{{_file}}" }"""));

    public sealed class Shipped : IAsyncDisposable
    {
        internal IsolatedPlugins Plugins { get; } = new("csv");

        public ValueTask DisposeAsync() => Plugins.DisposeAsync();
    }
}
