using Provisioning.Connectors.Testing;

namespace Provisioning.Connectors.Sql.Tests;

public sealed class Sqlite_conformance_Tests : ConnectorConformance, IDisposable
{
    private readonly SqliteTarget _target = new();

    public static TheoryData<string> Names => [.. ChecksFor<SqlConnector>(faults: false)];

    protected override ConformanceData Data { get; } = new SqlData();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Should_conform(string name) =>
        Assert.True(await RunAsync(name, TestContext.Current.CancellationToken), "a check was skipped");

    public void Dispose() => _target.Dispose();

    protected override Task<IConnector> OpenAsync() => Task.FromResult<IConnector>(_target.Open());
}
