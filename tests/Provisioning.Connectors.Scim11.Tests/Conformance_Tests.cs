using System.Net;
using Provisioning.Connectors.Testing;

namespace Provisioning.Connectors.Scim11.Tests;

public abstract class Conformance_Tests : ConnectorConformance, IAsyncLifetime
{
    private StrictServer? _server;

    public static TheoryData<string> Names => [.. ChecksFor<Scim11Connector>(faults: true, http: true, unload: true)];

    protected override IPEndPoint? Target => _server!.EndPoint;

    protected override IReadOnlyList<string> Secrets => [StrictServer.Password];

    protected override (IConnectorFactory Factory, object Settings)? Plugin => (new Scim11ConnectorFactory(), _server!.Settings());

    private protected virtual ServerRules Rules { get; } = new();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Should_conform(string name) =>
        Assert.True(await RunAsync(name, TestContext.Current.CancellationToken), "a check was skipped");

    public async ValueTask InitializeAsync() => _server = await StrictServer.StartAsync(Rules);

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    protected override Task<IConnector> OpenAsync() => Task.FromResult<IConnector>(_server!.Connect());

    protected override Task<IConnector> OpenAsync(IPEndPoint address) =>
        Task.FromResult<IConnector>(_server!.Connect(settings => settings.BaseUrl = $"http://{address}/v1"));
}

public sealed class When_the_target_takes_partial_resources : Conformance_Tests;

public sealed class When_the_target_only_replaces : Conformance_Tests
{
    private protected override ServerRules Rules { get; } = new() { Patch = false, NeedsVersion = true };
}

public sealed class When_the_target_has_no_filters_small_pages_and_an_old_proxy : Conformance_Tests
{
    private protected override ServerRules Rules { get; } = new() { Filter = false, MostPerPage = 2, OverridesMethod = true };
}
