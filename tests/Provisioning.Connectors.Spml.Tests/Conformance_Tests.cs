using System.Net;
using System.Text.Json.Nodes;
using Provisioning.Connectors.Testing;

namespace Provisioning.Connectors.Spml.Tests;

public sealed class When_the_conformance_kit_runs_with_DSML : SpmlConformance
{
    protected override ConformanceData Data { get; } = new SpmlAccounts(new JsonObject
    {
        ["displayName"] = "Check Account",
        ["mail"] = new JsonArray("a@example.com", "b@example.com"),
    });

    internal override FakeOptions Options { get; } = new();
}

public sealed class When_the_conformance_kit_runs_with_XSD : SpmlConformance
{
    protected override ConformanceData Data { get; } = new SpmlAccounts(new JsonObject
    {
        ["displayName"] = "Check Account",
        ["mail"] = new JsonArray("a@example.com", "b@example.com"),
        ["name"] = new JsonObject { ["givenName"] = "Check", ["familyName"] = "Account" },
    });

    internal override FakeOptions Options { get; } = new() { Xsd = true };
}

public sealed class When_the_conformance_kit_runs_with_a_target_that_answers_later_and_refuses_redundancy : SpmlConformance
{
    protected override ConformanceData Data { get; } = new SpmlAccounts(new JsonObject { ["displayName"] = "Check Account" });

    internal override FakeOptions Options { get; } = new() { AlwaysLater = true, RefusesRedundancy = true, ModificationsInData = true };
}

public abstract class SpmlConformance : ConnectorConformance, IAsyncLifetime
{
    private FakeSpmlServer? _server;

    public static TheoryData<string> Names => [.. ChecksFor<SpmlConnector>(faults: true, http: true, unload: true)];

    internal abstract FakeOptions Options { get; }

    protected override IPEndPoint Target => new(IPAddress.Loopback, new Uri(_server!.Url).Port);

    protected override (IConnectorFactory Factory, object Settings)? Plugin => (new SpmlConnectorFactory(), _server!.Settings(settings => At(settings, Target)));

    protected override IReadOnlyList<string> Secrets => ["s3cret-of-the-host"];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Should_conform(string name) =>
        Assert.True(await RunAsync(name, TestContext.Current.CancellationToken), "a check was skipped");

    public async ValueTask InitializeAsync() => _server = await FakeSpmlServer.StartAsync(Options);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _server!.DisposeAsync();
    }

    protected override Task<IConnector> OpenAsync() => OpenAsync(Target);

    protected override Task<IConnector> OpenAsync(IPEndPoint address) =>
        Task.FromResult<IConnector>(_server!.Connect(settings => At(settings, address)));

    private void At(SpmlSettings settings, IPEndPoint address)
    {
        settings.Url = $"http://{address}/spml";
        settings.Authentication = new() { UserName = "host", Password = new Secret(Secrets[0]) };
    }
}
