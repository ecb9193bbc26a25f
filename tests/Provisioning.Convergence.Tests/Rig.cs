using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Provisioning.Connectors;
using Provisioning.Connectors.Scim;
using Provisioning.Core.Configuration;
using Provisioning.Core.Connectors;
using Provisioning.Core.Converging;
using Provisioning.Core.Ledger;
using Provisioning.Core.Pipeline;
using Provisioning.Core.Targets;
using Provisioning.Core.Users;
using Provisioning.Http;
using Provisioning.Storage;

namespace Provisioning.Convergence.Tests;

/// <summary>A real ledger on SQLite, a real drain and the real SCIM connector against a target that goes wrong. Time is ours.</summary>
public abstract class Rig : IAsyncLifetime, IConnectorSource, IConfigurationSource
{
    protected static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("convergence-").FullName;
    private IConnector? _connector;
    private long _groupVersion;

    internal FaultyTarget Target { get; private set; } = null!;

    protected FakeTimeProvider Time { get; } = new(Start);

    protected ProvisioningStorage Storage { get; private set; } = null!;

    protected TargetGate Gate { get; private set; } = null!;

    protected int Renewals { get; private set; }

    protected IdentityProvider Provider { get; set; } = new()
    {
        Name = "partner",
        Connector = "scim2",
        Groups = ["*"],
        Retry = new RetrySettings { FirstDelay = TimeSpan.FromSeconds(1), MaxDelay = TimeSpan.FromSeconds(10) },
    };

    public ProvisioningConfiguration Current => new("r1", [], [Provider]);

    protected static CancellationToken None => CancellationToken.None;

    public async ValueTask InitializeAsync()
    {
        Target = new FaultyTarget(Time);
        await Target.StartAsync();
        Storage = await ProvisioningStorage.OpenSqliteAsync(Path.Combine(_folder, "provisioning.db"), Time, None);
        Gate = new TargetGate(Storage.Targets, this, Time, NullLogger<TargetGate>.Instance);
        Renew(Provider);
        Renewals = 0;
    }

    public async ValueTask DisposeAsync()
    {
        await _connector!.DisposeAsync();
        await Target.DisposeAsync();
        await Storage.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    public ConnectorHold Acquire(IdentityProvider identityProvider) => new(_connector!);

    public void Renew(IdentityProvider identityProvider)
    {
        Renewals++;
        var settings = new ScimSettings
        {
            BaseUrl = Target.Url + "/scim/v2", Authentication = new AuthenticationSettings { BearerToken = new Secret("x") }, Switches = new DialectSwitches { Discovery = false },
        };
        _connector = ((IConnectorFactory)new ScimConnectorFactory()).Create(settings, new ConnectorContext("partner", _folder, Time));
    }

    protected Task PlanAsync(string user, DesiredState desired = DesiredState.Present, string title = "a") => Storage.Ledger.CommitPlansAsync(
        [new AssignmentPlan("partner", ResourceType.User, user, user, "portal", desired, new JsonObject { ["userName"] = user, ["title"] = title }, Time.GetUtcNow(), null)], None);

    protected async Task PlanGroupAsync(WriteKind kind, DesiredState desired, params string[] members)
    {
        var attributes = new JsonObject { ["displayName"] = "team", ["members"] = new JsonArray([.. members.Select(x => JsonValue.Create(x))]) };
        var plan = new AssignmentPlan("partner", ResourceType.Group, "g1", "team", "portal", desired, attributes, Time.GetUtcNow(), null);
        _groupVersion = kind == WriteKind.Insert ? 1 : _groupVersion + 1;
        var group = new Group("g1", "team", [], members, "portal", _groupVersion, Start, Start);
        await Storage.Ledger.CommitGroupAsync(group, kind, true, [plan], None);
    }

    /// <summary>Works until nothing is pending any more, passing over the times in which nothing happens. Returns how long it took by our clock.</summary>
    protected async Task<TimeSpan> SettleAsync()
    {
        var began = Time.GetUtcNow();
        for (var rounds = 0; rounds < 100; rounds++)
        {
            if (await DrainOnceAsync() is not { } next)
                return Time.GetUtcNow() - began;
            if (next > Time.GetUtcNow())
                Time.SetUtcNow(next);
        }

        throw new TimeoutException("it does not settle: " + string.Join(", ", Target.Requests.TakeLast(10)));
    }

    protected AssignmentWorker Worker(NodeHealth health) =>
        new(Storage.Ledger, this, Gate, Storage.Pace, health, new AttemptsUnderWay(), Time, NullLogger<AssignmentWorker>.Instance);

    /// <summary>One run of the drain. Returns when it wants to come back.</summary>
    protected async Task<DateTimeOffset?> DrainOnceAsync()
    {
        var worker = Worker(new NodeHealth(Time));
        var drain = new IdentityProviderDrain(
            Storage.Ledger, this, worker, Gate, NodeIdentity.New(), new NodeHealth(Time), Time, NullLogger<IdentityProviderDrain>.Instance);
        var run = drain.RunAsync("partner", None);
        while (await Task.WhenAny(run, Task.Delay(5)) != run)
            if (Target.IsStuck)
                Time.Advance(TimeSpan.FromSeconds(1));
        return await run;
    }

    protected async Task<Assignment> AssignmentAsync(string resource, ResourceType type = ResourceType.User) =>
        Assert.Single(await Storage.Ledger.AssignmentsOfAsync(type, resource, None));
}
