using System.Net;
using Provisioning.Connectors;
using Provisioning.Connectors.Scim;
using Provisioning.Connectors.Scim.Tests;
using Provisioning.Connectors.Testing;

namespace Provisioning.Isolation.Tests;

/// <summary>The conformance kit with lost answers and bad ones, through the process boundary.</summary>
public sealed class When_SCIM_runs_in_its_own_process(When_SCIM_runs_in_its_own_process.Shipped shipped)
    : ConnectorConformance, IClassFixture<When_SCIM_runs_in_its_own_process.Shipped>, IAsyncLifetime
{
    private MemoryTarget? _target;

    public static TheoryData<string> Names =>
        [.. ChecksFor<ScimConnector>(faults: true, http: true).Where(PassesThePipeInAWayOfItsOwn)];

    protected override IPEndPoint? Target => _target!.EndPoint;

    protected override IReadOnlyList<string> Secrets => [MemoryTarget.Token];

    // Every check starts a process; of the bad answers those are left out whose failure looks like another's on the pipe.
    private static bool PassesThePipeInAWayOfItsOwn(string name) =>
        !name.StartsWith("http-", StringComparison.Ordinal) || name.Contains("throttled-by-seconds", StringComparison.Ordinal) || name.Contains("cut-short", StringComparison.Ordinal);

    // Explicit: a process for each check. What has to pass the pipe passes it for CSV too.
    [Theory(Explicit = true)]
    [MemberData(nameof(Names))]
    public async Task Should_conform(string name) => Assert.True(await RunAsync(name, TestContext.Current.CancellationToken), "a check was skipped");

    public async ValueTask InitializeAsync() => _target = await MemoryTarget.StartAsync();

    public ValueTask DisposeAsync() => _target!.DisposeAsync();

    protected override Task<IConnector> OpenAsync() => OpenAsync(_target!.EndPoint);

    protected override Task<IConnector> OpenAsync(IPEndPoint address) => Task.FromResult(shipped.Plugins.Open(
        "scim2", $$"""{ "baseUrl": "http://{{address}}/scim", "authentication": { "bearerToken": "{{MemoryTarget.Token}}" } }"""));

    public sealed class Shipped : IAsyncDisposable
    {
        internal IsolatedPlugins Plugins { get; } = new("scim");

        public ValueTask DisposeAsync() => Plugins.DisposeAsync();
    }
}
