using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Connectors;
using Provisioning.Core.Converging;
using Provisioning.Core.Ledger;
using Provisioning.Core.Pipeline;
using Provisioning.Core.Reconciling;
using Provisioning.Core.Targets;

namespace Provisioning.Storage.Tests;

/// <summary>A real ledger, a real reconciler and worker, and a target in memory.</summary>
public abstract class ReconciliationFixture(Backend backend) : Fixture(backend), IConfigurationSource, IConnectorSource, IWakeUp
{
    protected const string Provider = "ldap";

    protected IdentityProvider Settings { get; set; } = new()
    {
        Name = Provider,
        Connector = "listed",
        Groups = ["*"],
        ProtectedAccounts = ["vip*"],
        Reconciliation = new ReconciliationSettings { Settling = TimeSpan.Zero },
    };

    internal ListedTarget Target { get; } = new();

    /// <summary>That of the storage, unless told otherwise.</summary>
    protected IPace? Pace { get; set; }

    public ProvisioningConfiguration Current => new("r1", [], [Settings]);

    protected IReconciliationStore Store => Storage.Reconciliations;

    public ConnectorHold Acquire(IdentityProvider identityProvider) => new(Target);

    public void Renew(IdentityProvider identityProvider)
    {
    }

    public void Wake(string identityProvider)
    {
    }

    protected Reconciler NewReconciler() => new(
        Store, Ledger, this, this, Gate(), Pace ?? Storage.Pace, new NodeIdentity("host"), this, Time, NullLogger<Reconciler>.Instance);

    protected async Task<Reconciliation> ReconcileAsync(ReconciliationMode mode = ReconciliationMode.Report, bool force = false)
    {
        var run = Reconciliation.New(Provider, mode, force, "ann", Time.GetUtcNow());
        Assert.True(await Store.RequestAsync(run, None));
        Assert.True(await NewReconciler().RunNextAsync(Provider, None));
        return (await Store.FindAsync(run.Id, None))!;
    }

    protected async Task<IReadOnlyList<Finding>> FindingsAsync(Reconciliation run, FindingKind? kind = null) => await Store.FindingsAsync(run.Id, kind, null, 0, 1000, None);

    /// <summary>What is due is done at the target.</summary>
    protected async Task DrainAsync()
    {
        var worker = new AssignmentWorker(Ledger, this, Gate(), Storage.Pace, new NodeHealth(Time), new AttemptsUnderWay(), Time, NullLogger<AssignmentWorker>.Instance);
        for (var i = 0; i < 10 && await ClaimAsync("host/w", 1000) is { Count: > 0 } claimed; i++)
            foreach (var one in claimed)
                await worker.RunAsync(one, Settings, ahead: false);
    }

    /// <summary>A user with an account, as we know it and as it is at the target; then some time passes.</summary>
    protected async Task<Assignment> AccountAsync(string user, string account, string? title = "clerk")
    {
        await Ledger.CommitUserAsync(User(user, user), WriteKind.Insert, [], None);
        var assignment = await ConvergedAsync(UserPlan(user, title: title), account);
        Target.Put(account, user, title, marker: user);
        Time.Advance(TimeSpan.FromSeconds(1));
        return assignment;
    }

    protected static AssignmentPlan UserPlan(string user, DesiredState desired = DesiredState.Present, string? title = "clerk") => new(
        Provider, ResourceType.User, user, user, "portal", desired, new JsonObject { ["userName"] = user, ["title"] = title }, Start, "{}");

    private TargetGate Gate() => new(Storage.Targets, this, Time, NullLogger<TargetGate>.Instance);
}
