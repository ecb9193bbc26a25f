using System.Net;
using System.Text.Json.Nodes;
using Provisioning.Connectors.Testing;

namespace Provisioning.Connectors.Salesforce.Tests;

public abstract class When_the_conformance_kit_runs(bool upsert, int loadBatch) : ConnectorConformance, IAsyncDisposable
{
    private readonly SalesforceTarget _target = new(realTime: true);

    public static TheoryData<string> Names => [.. ChecksFor<SalesforceConnector>(faults: true, http: true, unload: true)];

    protected override ConformanceData Data { get; } = new SalesforceData();

    protected override IPEndPoint? Target => _target.Salesforce.EndPoint;

    protected override IReadOnlyList<string> Secrets => [FakeSalesforce.PrivateKey, FakeSalesforce.ClientSecret, "token-1"];

    protected override (IConnectorFactory Factory, object Settings)? Plugin => (new SalesforceConnectorFactory(), Change(_target.Settings()));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Should_pass(string name) =>
        Assert.True(await RunAsync(name, TestContext.Current.CancellationToken), "a check was skipped");

    public async ValueTask DisposeAsync()
    {
        await _target.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override Task<IConnector> OpenAsync() => Task.FromResult<IConnector>(_target.Connect(settings => Change(settings)));

    protected override Task<IConnector> OpenAsync(IPEndPoint address) =>
        Task.FromResult<IConnector>(_target.Connect(settings => Change(settings), by: address));

    private SalesforceSettings Change(SalesforceSettings settings)
    {
        (settings.Upsert, settings.LoadBatch) = (upsert, loadBatch);
        if (upsert)
            settings.MarkerField = "Provisioning_Id__c";
        return settings;
    }
}

public sealed class When_users_are_created_one_by_one() : When_the_conformance_kit_runs(upsert: false, loadBatch: 1);

public sealed class When_users_are_created_by_upsert() : When_the_conformance_kit_runs(upsert: true, loadBatch: 1);

public sealed class When_users_are_loaded_together() : When_the_conformance_kit_runs(upsert: false, loadBatch: 200);
