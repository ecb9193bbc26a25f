using System.Net;
using System.Text.Json.Nodes;
using Provisioning.Connectors.Testing;

namespace Provisioning.Connectors.Entra.Tests;

public sealed class When_the_conformance_kit_runs : ConnectorConformance, IAsyncDisposable
{
    private readonly EntraTarget _target = new(realTime: true);

    public static TheoryData<string> Names => [.. ChecksFor<EntraConnector>(faults: true, http: true, unload: true)];

    protected override ConformanceData Data { get; } = new EntraData();

    protected override IPEndPoint? Target => _target.Entra.EndPoint;

    protected override IReadOnlyList<string> Secrets => [FakeEntra.ClientSecret, "token-1"];

    protected override (IConnectorFactory Factory, object Settings)? Plugin => (new EntraConnectorFactory(), _target.Settings());

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Should_pass(string name) =>
        Assert.True(await RunAsync(name, TestContext.Current.CancellationToken), "a check was skipped");

    public ValueTask DisposeAsync() => _target.DisposeAsync();

    protected override Task<IConnector> OpenAsync() => Task.FromResult<IConnector>(_target.Connect());

    protected override Task<IConnector> OpenAsync(IPEndPoint address) => Task.FromResult<IConnector>(_target.Connect(by: address));
}
