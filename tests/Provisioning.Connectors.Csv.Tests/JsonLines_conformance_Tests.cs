using Provisioning.Connectors.Testing;

namespace Provisioning.Connectors.Csv.Tests;

public sealed class JsonLines_conformance_Tests : ConnectorConformance, IDisposable
{
    private readonly CsvFixture _fixture = new();

    public static TheoryData<string> Names => [.. ChecksFor<JsonLinesConnector>(faults: false, unload: true).Where(name => name != "update-writes-marker")];

    protected override (IConnectorFactory Factory, object Settings)? Plugin =>
        (new JsonLinesConnectorFactory(), new JsonLinesSettings { Path = Path.Combine(_fixture.Folder, "accounts.jsonl") });

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Should_conform(string name) =>
        Assert.True(await RunAsync(name, TestContext.Current.CancellationToken), "a check was skipped");

    public void Dispose() => _fixture.Dispose();

    protected override Task<IConnector> OpenAsync() => Task.FromResult<IConnector>(_fixture.OpenLines());
}
