using System.Net;
using Provisioning.Connectors.Testing;

namespace Provisioning.Connectors.Rest.Tests;

public sealed class Conformance_Tests : ConnectorConformance, IAsyncDisposable
{
    private readonly PeopleDesk _desk = new();

    public static TheoryData<string> Names => [.. ChecksFor<RestConnector>(faults: true, http: true, unload: true)];

    protected override IPEndPoint? Target => _desk.EndPoint;

    protected override IReadOnlyList<string> Secrets => [PeopleDesk.ClientSecret];

    protected override (IConnectorFactory Factory, object Settings)? Plugin => (new RestConnectorFactory(), DeskSettings.For(_desk.Url));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Should_conform(string name) =>
        Assert.True(await RunAsync(name, TestContext.Current.CancellationToken), "a check was skipped");

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    protected override Task<IConnector> OpenAsync() => Task.FromResult<IConnector>(DeskSettings.Open(DeskSettings.For(_desk.Url)));

    protected override Task<IConnector> OpenAsync(IPEndPoint address) =>
        Task.FromResult<IConnector>(DeskSettings.Open(DeskSettings.For($"http://{address}")));
}
