using System.Net;
using Provisioning.Connectors.Testing;

namespace Provisioning.Connectors.Scim.Tests;

public abstract class Conformance_Tests : ConnectorConformance, IAsyncLifetime
{
    private MemoryTarget? _target;

    public static TheoryData<string> Names => [.. ChecksFor<ScimConnector>(faults: true, http: true, unload: true)];

    protected override IPEndPoint? Target => _target!.EndPoint;

    protected override IReadOnlyList<string> Secrets => [MemoryTarget.Token];

    protected override (IConnectorFactory Factory, object Settings)? Plugin => (new ScimConnectorFactory(), Settings(_target!.EndPoint));

    private protected virtual TargetRules Rules { get; } = new();

    private protected virtual DialectSwitches Switches { get; } = new() { MemberBatch = 5 };

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Should_conform(string name) =>
        Assert.True(await RunAsync(name, TestContext.Current.CancellationToken), "a check was skipped");

    public async ValueTask InitializeAsync() => _target = await MemoryTarget.StartAsync(Rules);

    public ValueTask DisposeAsync() => _target!.DisposeAsync();

    protected override Task<IConnector> OpenAsync() => OpenAsync(_target!.EndPoint);

    protected override Task<IConnector> OpenAsync(IPEndPoint address) => Task.FromResult(
        ((IConnectorFactory)new ScimConnectorFactory()).Create(Settings(address), new ConnectorContext("conformance", ".", TimeProvider.System)));

    private ScimSettings Settings(IPEndPoint address) => new()
    {
        BaseUrl = $"http://{address}/scim", Switches = Switches, Authentication = new() { BearerToken = new Secret(MemoryTarget.Token) },
    };
}

public sealed class When_the_target_takes_patches : Conformance_Tests;

public sealed class When_the_target_only_replaces : Conformance_Tests
{
    private protected override TargetRules Rules { get; } = new() { Patch = false, NeedsVersion = true };
}

public sealed class When_the_target_takes_bulk_requests_and_pages_by_cursor : Conformance_Tests
{
    private protected override TargetRules Rules { get; } = new() { BulkOperations = 3, Cursors = true, MostPerPage = 2 };

    private protected override DialectSwitches Switches { get; } = new() { MemberBatch = 2 };
}

public sealed class When_the_target_tells_nothing_and_can_do_little : Conformance_Tests
{
    private protected override TargetRules Rules { get; } = new()
    {
        TellsFeatures = false, Patch = false, FilterAttributes = ["userName", "displayName", "externalId"], FindsNothingWith404 = true,
        RefusesDisabledCreation = true, WantsPassword = true, WantsStringBooleans = true,
    };

    private protected override DialectSwitches Switches { get; } = new()
    {
        CreateDisabled = false, PasswordOnCreate = "random", StringBooleans = true,
    };
}
