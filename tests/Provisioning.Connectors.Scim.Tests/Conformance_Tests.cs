using System.Net;
using Provisioning.Connectors.Testing;

namespace Provisioning.Connectors.Scim.Tests;

public abstract class Conformance_Tests(string updateMethod) : ConnectorConformance, IAsyncLifetime
{
    private MemoryTarget? _target;

    public static TheoryData<string> Names => [.. ChecksFor<ScimConnector>(faults: true, http: true, unload: true)];

    protected override IPEndPoint? Target => _target!.EndPoint;

    protected override IReadOnlyList<string> Secrets => [MemoryTarget.Token];

    protected override (IConnectorFactory Factory, object Settings)? Plugin => (new ScimConnectorFactory(), Settings(_target!.EndPoint));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Should_conform(string name) =>
        Assert.True(await RunAsync(name, TestContext.Current.CancellationToken), "a check was skipped");

    public async ValueTask InitializeAsync() => _target = await MemoryTarget.StartAsync();

    public ValueTask DisposeAsync() => _target!.DisposeAsync();

    protected override Task<IConnector> OpenAsync() => OpenAsync(_target!.EndPoint);

    protected override Task<IConnector> OpenAsync(IPEndPoint address) => Task.FromResult(
        ((IConnectorFactory)new ScimConnectorFactory()).Create(Settings(address), new ConnectorContext("conformance", ".", TimeProvider.System)));

    private ScimSettings Settings(IPEndPoint address) => new()
    {
        BaseUrl = $"http://{address}/scim", UpdateMethod = updateMethod, MemberBatch = 5, Authentication = new() { BearerToken = new Secret(MemoryTarget.Token) },
    };
}

public sealed class When_the_target_takes_patches() : Conformance_Tests("patch");

public sealed class When_the_target_only_replaces() : Conformance_Tests("put");
