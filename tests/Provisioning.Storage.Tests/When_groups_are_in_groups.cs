using Provisioning.Connectors;
using Provisioning.Core.Ledger;
using Provisioning.Core.Users;

namespace Provisioning.Storage.Tests;

/// <summary>Whoever is in a group is a member of every group that contains it, at every moment, whatever changes.</summary>
public abstract class When_groups_are_in_groups(Backend backend) : Fixture(backend)
{
    private static readonly string[] Crowd = [.. Enumerable.Range(0, 12).Select(i => $"u{i:d2}")];
    private static readonly string[] Names = ["g0", "g1", "g2", "g3", "g4", "g5"];

    public sealed class On_SQLite() : When_groups_are_in_groups(Backend.SQLite);

    public sealed class On_PostgreSQL() : When_groups_are_in_groups(Backend.PostgreSQL);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await CrowdAsync(Crowd);
    }

    [Fact]
    public async Task Should_have_the_members_of_all_levels_each_once()
    {
        await StoreAsync("low", ["u00", "u01"]);
        await StoreAsync("middle", ["u01", "u02"], "low");
        await StoreAsync("top", ["u02", "u03"], "middle", "low");
        var top = await FindAsync("top");
        Assert.Equal(["u02", "u03"], top.Members);
        Assert.Equal(["middle", "low"], top.Groups);
        Assert.Equal(["u00", "u01"], top.Inherited);
        Assert.Equal([("low", false), ("middle", false), ("top", true)], (await Storage.Users.GroupsOfAsync("u01", None)).Select(x => (x.Id, x.IsInherited)));
        Assert.Equal(["middle", "top"], await Storage.Users.GroupsWithAsync("low", None));
    }

    [Fact]
    public async Task Should_be_the_same_as_a_walk_through_all_groups_after_every_change()
    {
        var random = new Random(20_261_130);
        var direct = new Dictionary<string, (HashSet<string> Users, HashSet<string> Groups)>(StringComparer.Ordinal);
        for (var step = 0; step < 150; step++)
        {
            var name = Names[random.Next(Names.Length)];
            if (direct.ContainsKey(name) && random.Next(10) == 0)
            {
                await Ledger.CommitGroupAsync(await FindAsync(name), WriteKind.Delete, true, [], None);
                direct.Remove(name);
                foreach (var (_, groups) in direct.Values)
                    groups.Remove(name);
            }
            else if (random.Next(15) == 0)
            {
                var gone = Crowd[random.Next(Crowd.Length)];
                await Ledger.CommitUserAsync((await Storage.Users.FindUserAsync(gone, None))! with { EndedBy = "portal" }, WriteKind.Delete, [], None);
                await CrowdAsync([gone]);
                foreach (var (users, _) in direct.Values)
                    users.Remove(gone);
            }
            else
            {
                string[] users = [.. Crowd.Where(_ => random.Next(4) == 0)];
                string[] groups = [.. direct.Keys.Where(_ => random.Next(3) == 0).Order(StringComparer.Ordinal)];
                if (groups.Any(x => x == name || Below(direct, x).Contains(name)))
                {
                    await Assert.ThrowsAsync<NestingException>(() => StoreAsync(name, users, groups));
                    continue;
                }

                await StoreAsync(name, users, groups);
                direct[name] = ([.. users], [.. groups]);
            }

            foreach (var id in direct.Keys)
            {
                var stored = await FindAsync(id);
                Assert.Equal(direct[id].Users.Order(StringComparer.Ordinal), stored.Members.Order(StringComparer.Ordinal));
                Assert.Equal(direct[id].Groups.Order(StringComparer.Ordinal), stored.Groups.Order(StringComparer.Ordinal));
                Assert.Equal(
                    Below(direct, id).SelectMany(x => direct[x].Users).Union(direct[id].Users).Order(StringComparer.Ordinal), stored.AllMembers.Order(StringComparer.Ordinal));
            }
        }

        Assert.Equal(0L, await SqlAsync("SELECT count(*) FROM group_members WHERE group_id NOT IN (SELECT id FROM groups)"));
        Assert.Equal(0L, await SqlAsync("SELECT count(*) FROM nested_groups WHERE group_id NOT IN (SELECT id FROM groups) OR member_id NOT IN (SELECT id FROM groups)"));
    }

    [Fact]
    public async Task Should_change_what_is_desired_of_the_groups_that_contain_it()
    {
        await StoreAsync("low", ["u00"]);
        await StoreAsync("top", ["u01"], "low");
        await PlanAsync(Plan("top", type: ResourceType.Group) with { DesiredAttributes = new() { ["displayName"] = "top", ["members"] = new System.Text.Json.Nodes.JsonArray("u00", "u01") } });
        var changed = await StoreAsync("low", ["u02", "u03"]);
        Assert.Equal("""["u01","u02","u03"]""", Assert.Single(changed).DesiredAttributes!["members"]!.ToJsonString());
        changed = await Ledger.CommitGroupAsync(await FindAsync("low"), WriteKind.Delete, true, [], None);
        Assert.Equal("""["u01"]""", Assert.Single(changed).DesiredAttributes!["members"]!.ToJsonString());
    }

    [Fact]
    public async Task Should_mark_everybody_whose_groups_changed()
    {
        await StoreAsync("low", ["u00", "u01"]);
        await StoreAsync("top", ["u01"]);
        await Ledger.PlannedAsync(await Storage.Users.ListRegroupedAsync(null, 100, None), None);
        await StoreAsync("top", ["u01"], "low");
        Assert.Equal(["u00"], (await Storage.Users.ListRegroupedAsync(null, 100, None)).Select(x => x.Id));
        await Ledger.PlannedAsync(await Storage.Users.ListRegroupedAsync(null, 100, None), None);
        await Ledger.CommitGroupAsync((await FindAsync("top")) with { DisplayName = "renamed", Version = 3, RestsOn = await VersionsAsync("low") }, WriteKind.Update, true, [], None);
        Assert.Equal(["u00", "u01"], (await Storage.Users.ListRegroupedAsync(null, 100, None)).Select(x => x.Id));
    }

    [Fact]
    public async Task Should_refuse_what_was_made_from_an_older_state_of_a_contained_group()
    {
        await StoreAsync("low", ["u00"]);
        await StoreAsync("top", [], "low");
        var top = await FindAsync("top");
        var versions = await VersionsAsync("low");
        await StoreAsync("low", ["u00", "u01"]);
        await Assert.ThrowsAsync<VersionConflictException>(() => Ledger.CommitGroupAsync(top with { Version = 3, RestsOn = versions }, WriteKind.Update, true, [], None));
        await Assert.ThrowsAsync<VersionConflictException>(
            () => Ledger.CommitGroupAsync(Group("other", []) with { Groups = ["low"], Inherited = ["u00"], RestsOn = versions }, WriteKind.Insert, true, [], None));
        Assert.Equal(["u00", "u01"], (await FindAsync("top")).Inherited);
    }

    [Fact]
    public async Task Should_refuse_a_group_of_another_service_provider()
    {
        await Ledger.CommitGroupAsync(Group("low", []) with { ServiceProvider = "other" }, WriteKind.Insert, true, [], None);
        await Assert.ThrowsAsync<UnknownMemberException>(() => StoreAsync("top", [], "low"));
        Assert.Null(await Storage.Users.FindGroupAsync("top", None));
    }

    [Fact]
    public async Task Should_refuse_that_very_many_groups_contain_one()
    {
        await StoreAsync("c000", ["u00"]);
        for (var i = 1; i <= NestingException.MostContaining; i++)
            await StoreAsync($"c{i:d3}", [], $"c{i - 1:d3}");
        await Assert.ThrowsAsync<NestingException>(() => StoreAsync("top", [], "c100"));
        await Assert.ThrowsAsync<NestingException>(() => StoreAsync("beside", [], "c000"));
        await StoreAsync("c000", ["u00", "u01"]);
        Assert.Equal(["u00", "u01"], (await FindAsync("c100")).Inherited);
    }

    [Fact]
    public async Task Should_keep_all_changes_of_many_at_once()
    {
        foreach (var i in Enumerable.Range(0, 4))
            await StoreAsync($"low{i}", []);
        await StoreAsync("left", [], "low0", "low1", "low2");
        await StoreAsync("right", [], "low1", "low2", "low3");
        await StoreAsync("top", [], "right", "left");
        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(async () =>
        {
            // Each keeps trying, as callers do.
            for (var done = false; !done;)
            {
                try
                {
                    var low = await FindAsync($"low{i % 4}");
                    await Ledger.CommitGroupAsync(low with { Members = [.. low.Members, Crowd[i]], Version = low.Version + 1 }, WriteKind.Update, true, [], None);
                    done = true;
                }
                catch (VersionConflictException)
                {
                }
            }
        })));
        Assert.Equal(Crowd, (await FindAsync("top")).Inherited);
        Assert.Equal(9, (await FindAsync("left")).Inherited.Count);
    }

    [Fact]
    public async Task Should_be_as_the_groups_say_when_members_and_groups_change_at_once()
    {
        for (var round = 0; round < 25; round++)
        {
            await StoreAsync("x", []);
            await StoreAsync("g", [], "x");
            await StoreAsync("z", []);
            await Task.WhenAll(
                Task.Run(() => TryAsync(() => StoreAsync("x", ["u00"]))),
                Task.Run(() => TryAsync(() => StoreAsync("g", []))),
                Task.Run(() => TryAsync(() => StoreAsync("z", [], "g"))));
            Assert.Empty((await FindAsync("g")).AllMembers);
            Assert.Empty((await FindAsync("z")).AllMembers);
            Assert.Equal(1L, await SqlAsync("SELECT count(*) FROM group_members"));
            await Task.WhenAll(
                Task.Run(() => TryAsync(() => StoreAsync("g", [], "x"))),
                Task.Run(() => TryAsync(() => StoreAsync("x", ["u00", "u01"]))),
                Task.Run(() => TryAsync(async () => await Ledger.CommitMembersAsync("x", null, new MemberChange(["u02"], []), ofOwnUsers: true, None))));
            foreach (var name in (string[])["g", "z"])
                Assert.Equal((await FindAsync("x")).Members.Order(), (await FindAsync(name)).Inherited.Order());
            await Task.WhenAll(
                Task.Run(() => TryAsync(async () => await Ledger.CommitGroupAsync(await FindAsync("x"), WriteKind.Delete, true, [], None))),
                Task.Run(() => TryAsync(() => StoreAsync("z", ["u05"], "g"))));
            Assert.Equal(["u05"], (await FindAsync("z")).AllMembers);
            foreach (var name in (string[])["g", "z"])
                await Ledger.CommitGroupAsync(await FindAsync(name), WriteKind.Delete, true, [], None);
        }

        // Each keeps trying, as callers do.
        static async Task TryAsync(Func<Task> change)
        {
            while (true)
            {
                try
                {
                    await change();
                    return;
                }
                catch (VersionConflictException)
                {
                }
            }
        }
    }

    [Fact]
    public async Task Should_refuse_that_very_many_join_very_many_groups_at_once()
    {
        string[] many = [.. Enumerable.Range(0, 10_001).Select(i => $"v{i:d5}")];
        await CrowdAsync(many);
        await StoreAsync("c000", []);
        for (var i = 1; i <= NestingException.MostContaining; i++)
            await StoreAsync($"c{i:d3}", [], $"c{i - 1:d3}");
        Assert.Contains("at most 10000 in each", (await Assert.ThrowsAsync<NestingException>(() => StoreAsync("c000", many))).Message, StringComparison.Ordinal);
        Assert.Empty((await FindAsync("c100")).AllMembers);
    }

    private static HashSet<string> Below(Dictionary<string, (HashSet<string> Users, HashSet<string> Groups)> direct, string id)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>(direct[id].Groups);
        while (open.TryDequeue(out var next))
            if (found.Add(next))
                foreach (var further in direct[next].Groups)
                    open.Enqueue(further);
        return found;
    }

    // As the pipeline does it.
    private async Task<IReadOnlyList<Assignment>> StoreAsync(string id, string[] members, params string[] groups)
    {
        var inherited = new List<string>();
        var versions = new Dictionary<string, long>();
        foreach (var name in groups)
        {
            var contained = await Storage.Users.FindGroupAsync(name, None);
            versions[name] = contained?.Version ?? 0;
            inherited.AddRange(contained?.AllMembers ?? []);
        }

        var stored = await Storage.Users.FindGroupAsync(id, None);
        return await Ledger.CommitGroupAsync(
            Group(id, members, (stored?.Version ?? 0) + 1) with
            {
                Groups = groups, Inherited = [.. inherited.Distinct().Except(members)], RestsOn = versions,
            },
            stored is null ? WriteKind.Insert : WriteKind.Update,
            true,
            [],
            None);
    }

    private async Task<Dictionary<string, long>> VersionsAsync(params string[] ids)
    {
        var versions = new Dictionary<string, long>();
        foreach (var id in ids)
            versions[id] = (await Storage.Users.FindGroupHeadAsync(id, None))?.Version ?? 0;
        return versions;
    }

    private async Task<Group> FindAsync(string id) => (await Storage.Users.FindGroupAsync(id, None))!;
}
