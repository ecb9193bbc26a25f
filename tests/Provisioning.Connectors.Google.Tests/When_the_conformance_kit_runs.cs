using System.Net;
using System.Text.Json.Nodes;
using Provisioning.Connectors.Testing;

namespace Provisioning.Connectors.Google.Tests;

public sealed class When_the_conformance_kit_runs : ConnectorConformance, IAsyncDisposable
{
    private readonly GoogleTarget _target = new(realTime: true);

    public static TheoryData<string> Names => [.. ChecksFor<GoogleConnector>(faults: true, http: true, unload: true)];

    protected override ConformanceData Data { get; } = new GoogleData();

    protected override IPEndPoint? Target => _target.Google.EndPoint;

    protected override IReadOnlyList<string> Secrets =>
        [JsonNode.Parse(_target.Google.ServiceAccountKey)!["private_key"]!.ToString(), "token-1"];

    protected override (IConnectorFactory Factory, object Settings)? Plugin => (new GoogleConnectorFactory(), _target.Settings());

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Should_pass(string name) =>
        Assert.True(await RunAsync(name, TestContext.Current.CancellationToken), "a check was skipped");

    public ValueTask DisposeAsync() => _target.DisposeAsync();

    protected override Task<IConnector> OpenAsync() => Task.FromResult<IConnector>(_target.Connect());

    protected override Task<IConnector> OpenAsync(IPEndPoint address) => Task.FromResult<IConnector>(_target.Connect(by: address));
}
