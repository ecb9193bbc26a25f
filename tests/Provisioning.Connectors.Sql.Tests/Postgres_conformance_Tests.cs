using System.Net;
using Npgsql;
using Provisioning.Connectors.Testing;

namespace Provisioning.Connectors.Sql.Tests;

public sealed class Postgres_conformance_Tests : ConnectorConformance, IDisposable
{
    private readonly PostgresTarget _target = new();

    public static TheoryData<string> Names => [.. ChecksFor<SqlConnector>(faults: true)];

    protected override ConformanceData Data { get; } = new SqlData();

    protected override IPEndPoint? Target => _target.Address;

    protected override IReadOnlyList<string> Secrets => [PostgresTarget.Password];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Should_conform(string name) =>
        Assert.True(await RunAsync(name, TestContext.Current.CancellationToken), "a check was skipped");

    public void Dispose() => _target.Dispose();

    protected override Task<IConnector> OpenAsync() => Task.FromResult<IConnector>(_target.Open());

    protected override Task<IConnector> OpenAsync(IPEndPoint address) => Task.FromResult<IConnector>(_target.Open(settings =>
        settings.ConnectionString = new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Port = address.Port }.ConnectionString));
}
