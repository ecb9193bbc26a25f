using System.Text.Json.Nodes;
using Provisioning.Testing;

namespace Provisioning.Acceptance.Tests;

/// <summary>Two hosts; the one that reconciles, or repairs what was found, is killed.</summary>
public sealed class When_a_host_dies_in_the_middle_of_a_reconciliation : IAsyncLifetime
{
    /// <summary>More than are compared at a time, so that a part is stored when the host dies.</summary>
    private const int People = 540;
    private const int Drifted = 15;

    private readonly string _database = LocalPostgres.IsInstalled ? LocalPostgres.Shared.NewDatabase() : "";
    private readonly List<HostProcess> _hosts = [];
    private PeopleDatabase _target = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(LocalPostgres.IsInstalled, LocalPostgres.Missing);
        (_target, var config) = (new PeopleDatabase(), new ScratchConfig());
        config.IdentityProvider("office", _target.IdentityProvider("office"));
        config.Portal("""{ "identityProvider": "office" }""");
        for (var i = 0; i < 2; i++)
            _hosts.Add(await new HostProcess(config.Root, config.Policies, _database).StartAsync());
        using var portal = _hosts[0].Client("portal");
        await Parallel.ForEachAsync(Enumerable.Range(0, People), async (i, ct) =>
            (await portal.PostAsync("/scim/v2/Users", ScratchConfig.User($"u{i:000}", "\"title\": \"clerk\""), ct)).EnsureSuccessStatusCode());
        await SettledAsync();
        Drift();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
            await host.DisposeAsync();
    }

    [Fact(Explicit = true)]
    public async Task Should_be_done_by_the_other_from_the_start()
    {
        using (_target.Hold(_target.Count($"SELECT id FROM people WHERE login = 'u{People - 1:000}'")))
        {
            await _hosts[0].DoneAsync("idps reconcile office --mode repair --detach");
            await _target.SomebodyWaitsAsync();
            await KillAsync("SELECT owner FROM reconciliations WHERE state = 1");
        }

        await RepairedAsync();
        Assert.Equal(Expected, _target.List("SELECT what FROM journal ORDER BY what"));
    }

    [Fact(Explicit = true)]
    public async Task Should_have_the_rest_repaired_by_the_other_and_make_no_account_twice()
    {
        using (_target.Hold(PeopleDatabase.Adding))
        {
            await _hosts[0].DoneAsync("idps reconcile office --mode repair");
            await _target.SomebodyWaitsAsync();
            await KillAsync("SELECT DISTINCT lease_node FROM assignments WHERE lease_node IS NOT NULL");
        }

        await RepairedAsync();

        // A change whose answer the dead one did not hear may be sent twice; nobody has a second account.
        Assert.Equal(Expected, _target.List("SELECT DISTINCT what FROM journal ORDER BY what"));
        Assert.Equal(Drifted, _target.Count("SELECT count(*) FROM journal WHERE what LIKE 'insert%'"));
    }

    private static IEnumerable<string> Expected =>
        [.. Enumerable.Range(0, Drifted).Select(i => $"insert u{i:000}"), .. Enumerable.Range(Drifted, Drifted).Select(i => $"update u{i:000}")];

    // Some are gone, some are the boss, and a stranger is there.
    private void Drift()
    {
        _target.Run($"DELETE FROM people WHERE login < 'u{Drifted:000}'");
        _target.Run($"UPDATE people SET title = 'boss' WHERE login < 'u{2 * Drifted:000}'");
        _target.Run("INSERT INTO people (login, active) VALUES ('stranger', true)");
        _target.Run("DELETE FROM journal");
    }

    // An owner is named by its machine and process.
    private async Task KillAsync(string owners)
    {
        var owner = PeopleDatabase.List(_database, owners)[0];
        var host = Assert.Single(_hosts, x => owner.Contains($":{x.Id}:", StringComparison.Ordinal));
        _hosts.Remove(host);
        await host.KillAsync();
        await host.DisposeAsync();
    }

    private async Task RepairedAsync()
    {
        await HostProcess.UntilAsync(async () =>
            Assert.Single(JsonNode.Parse(await _hosts[0].DoneAsync("idps reconciliations office --json"))!.AsArray())!["state"]!.ToString() == "complete");
        await SettledAsync();
        Assert.Equal(0, _target.Count("SELECT count(*) FROM people WHERE title <> 'clerk'"));
        Assert.Equal(1, _target.Count("SELECT count(*) FROM people WHERE login = 'stranger'"));
    }

    // Everybody has an account, and nothing is left to do.
    private Task SettledAsync() => HostProcess.UntilAsync(() => Task.FromResult(
        _target.Count("SELECT count(DISTINCT login) FROM people WHERE login <> 'stranger'") == People
        && PeopleDatabase.List(_database, "SELECT count(*) FROM assignments WHERE status <> 1").Single() == "0"));
}
