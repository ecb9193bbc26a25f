using System.Text.Json.Nodes;
using Provisioning.Testing;

namespace Provisioning.Acceptance.Tests;

/// <summary>Somebody takes a member out of a group at the target, and puts another one in.</summary>
public sealed class When_the_members_of_a_group_drift
{
    [Fact(Explicit = true)]
    public async Task Should_put_back_whom_we_put_in_and_leave_whom_somebody_else_did()
    {
        Assert.SkipUnless(LocalPostgres.IsInstalled, LocalPostgres.Missing);
        var (target, config) = (new PeopleDatabase(), new ScratchConfig());
        config.IdentityProvider("office", target.IdentityProvider("office"));
        config.Portal("""{ "identityProvider": "office" }""");
        await using var host = await new HostProcess(config.Root, config.Policies).StartAsync();
        using var portal = host.Client("portal");
        var members = new JsonArray();
        foreach (var name in (string[])["ada", "bob"])
            members.Add(new JsonObject { ["value"] = await IdAsync(await portal.PostAsync("/scim/v2/Users", ScratchConfig.User(name))) });
        await IdAsync(await portal.PostAsync("/scim/v2/Groups", ScratchConfig.Scim(new JsonObject { ["displayName"] = "crew", ["members"] = members })));
        await HostProcess.UntilAsync(async () => Members().SequenceEqual(["ada", "bob"]) && await IsDoneAsync());

        target.Run("DELETE FROM team_members WHERE person = (SELECT id FROM people WHERE login = 'ada')");
        target.Run("INSERT INTO people (login, active) VALUES ('stranger', true)");
        target.Run("INSERT INTO team_members SELECT t.id, p.id FROM teams t, people p WHERE p.login = 'stranger'");
        Assert.Contains("1 different, 1 unmatched", await host.DoneAsync("idps reconcile office"), StringComparison.Ordinal);
        Assert.Equal(["bob", "stranger"], Members());

        await host.DoneAsync("idps reconcile office --mode repair");
        await HostProcess.UntilAsync(async () => Members().Contains("ada") && await IsDoneAsync());
        Assert.Equal(["ada", "bob", "stranger"], Members());

        // The stranger is reported, and there is nothing to repair.
        var again = JsonNode.Parse(await host.DoneAsync("idps reconcile office --mode repair --json"))!;
        Assert.Equal((1, 0), (again["counts"]!["different"]!.GetValue<int>(), again["actedOn"]!.GetValue<int>()));

        async Task<bool> IsDoneAsync() => (await host.ListAsync("assignments?status=done")).Count == 3;
        IReadOnlyList<string> Members() => target.List("SELECT login FROM team_members JOIN people ON id = person ORDER BY login");
    }

    private static async Task<string> IdAsync(HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!["id"]!.ToString();
}
