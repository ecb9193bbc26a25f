using Provisioning.Connectors.Testing;

namespace Provisioning.Connectors.Csv.Tests;

public sealed class Conformance_Tests : ConnectorConformance, IDisposable
{
    private readonly CsvFixture _fixture = new();

    public static TheoryData<string> Names => [.. ChecksFor<CsvConnector>(faults: false, unload: true).Where(name => name != "update-writes-marker")];

    protected override (IConnectorFactory Factory, object Settings)? Plugin => (new CsvConnectorFactory(), new CsvSettings { Path = _fixture.FilePath });

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Should_conform(string name) =>
        Assert.True(await RunAsync(name, TestContext.Current.CancellationToken), "a check was skipped");

    public void Dispose() => _fixture.Dispose();

    protected override Task<IConnector> OpenAsync() => Task.FromResult<IConnector>(_fixture.Open());
}
