using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Connectors;
using Provisioning.Core.Pipeline;
using Provisioning.Core.Reconciling;
using Provisioning.Core.Targets;

namespace Provisioning.Storage.Tests;

/// <summary>Measures; run it alone with <c>--explicit only</c>. <c>RECONCILED</c> says how many accounts; a million without it.</summary>
public abstract class ReconciliationRateTests(Backend backend, ITestOutputHelper output) : Fixture(backend), IConfigurationSource, IConnectorSource, IWakeUp
{
    public sealed class On_SQLite(ITestOutputHelper output) : ReconciliationRateTests(Backend.SQLite, output);

    public sealed class On_PostgreSQL(ITestOutputHelper output) : ReconciliationRateTests(Backend.PostgreSQL, output);

    private string Padded => this is On_SQLite ? "substr('000000' || i, -7)" : "right('000000' || i, 7)";

    private const long MostGrowth = 32 * 1024 * 1024;

    private readonly int _count = int.Parse(Environment.GetEnvironmentVariable("RECONCILED") ?? "1000000", System.Globalization.CultureInfo.InvariantCulture);
    private ManyAccounts? _target;

    public ProvisioningConfiguration Current { get; } = new("r1", [], [new IdentityProvider { Name = "many", Connector = "many" }]);

    public ConnectorHold Acquire(IdentityProvider identityProvider) => new(_target!);

    public void Renew(IdentityProvider identityProvider)
    {
    }

    public void Wake(string identityProvider)
    {
    }

    [Fact(Explicit = true)]
    public async Task When_a_target_has_a_million_accounts_Should_compare_them_in_little_memory()
    {
        await SqlAsync($$"""
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {{_count}})
            INSERT INTO assignments (id, identity_provider, resource_type, resource_id, resource_name, resource_name_key, desired, desired_attributes, desired_revision,
                applied, applied_attributes, account_id, uncertain, status, attempts, due_at, modified)
            SELECT 'a' || i, 'many', 0, 'u' || i, 'user' || i, 'user' || i, 0, '{"userName":"user' || i || '","title":"clerk"}', 1,
                1, '{"userName":"user' || i || '","title":"clerk"}', 't' || {{Padded}}, FALSE, 1, 0, 0, 0 FROM n
            """);
        await SqlAsync("ANALYZE");
        _target = new ManyAccounts(_count);
        var reconciler = new Reconciler(
            Storage.Reconciliations, Ledger, this, this, new TargetGate(Storage.Targets, this, Time, NullLogger<TargetGate>.Instance), Storage.Pace, new NodeIdentity("host"),
            this, Time, NullLogger<Reconciler>.Instance);
        var run = Reconciliation.New("many", ReconciliationMode.Report, false, "ann", Time.GetUtcNow());
        await Storage.Reconciliations.RequestAsync(run, None);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var clock = Stopwatch.StartNew();
        await reconciler.RunNextAsync("many", None);
        var done = (await Storage.Reconciliations.FindAsync(run.Id, None))!;
        output.WriteLine(
            $"{_count:n0} accounts in {clock.Elapsed.TotalSeconds:n1} s, {_count / clock.Elapsed.TotalSeconds:n0} a second; memory grew by {(_target.Peak - before) / 1024.0 / 1024:n1} MiB at most");
        Assert.Equal((_count - (_count / ManyAccounts.Every), _count / ManyAccounts.Every, _count / ManyAccounts.Every), (done.Listed, done.Findings[FindingKind.Missing], done.Findings[FindingKind.Different]));
        Assert.InRange(_target.Peak - before, long.MinValue, MostGrowth);
    }
}
