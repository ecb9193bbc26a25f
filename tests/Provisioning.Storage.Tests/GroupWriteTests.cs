using Npgsql;
using Provisioning.Core.Ledger;
using Provisioning.Core.Users;

namespace Provisioning.Storage.Tests;

/// <summary>A group is stored by what differs.</summary>
public abstract class GroupWriteTests(Backend backend) : Fixture(backend)
{
    private static readonly string[] Crowd = [.. Enumerable.Range(0, 3_000).Select(i => $"u{i:d4}")];

    private readonly Backend _backend = backend;

    public sealed class On_SQLite() : GroupWriteTests(Backend.SQLite);

    public sealed class On_PostgreSQL() : GroupWriteTests(Backend.PostgreSQL)
    {
        [Theory]
        [InlineData(1, 1)]
        [InlineData(1_000, 1_000)]
        public async Task When_members_join_and_leave_Should_need_as_many_round_trips_for_many_as_for_one(int joining, int leaving)
        {
            await CrowdAsync(Crowd);
            await Ledger.CommitGroupAsync(Group("g", Crowd[..1_500]), WriteKind.Insert, true, [], None);
            using var trips = new RoundTrips(new NpgsqlConnectionStringBuilder(ConnectionString).Database!);
            await Ledger.CommitGroupAsync(Group("g", Crowd[leaving..(1_500 + joining)], 2), WriteKind.Update, true, [], None);
            Assert.InRange(trips.Count, 1, 11);
        }

        [Fact]
        public async Task When_members_are_planned_Should_end_all_marks_in_one_round_trip()
        {
            await CrowdAsync(Crowd);
            await Ledger.CommitGroupAsync(Group("g", Crowd), WriteKind.Insert, true, [], None);
            var regrouped = await Storage.Users.ListRegroupedAsync(null, 200, None);
            using var trips = new RoundTrips(new NpgsqlConnectionStringBuilder(ConnectionString).Database!);
            await Ledger.PlannedAsync(regrouped, None);
            Assert.InRange(trips.Count, 1, 3);
            Assert.Equal(Crowd[200], (await Storage.Users.ListRegroupedAsync(null, 1, None))[0].Id);
        }
    }

    [Fact]
    public async Task When_one_joins_and_one_leaves_Should_touch_the_rows_of_these_two()
    {
        await CrowdAsync(Crowd);
        await Ledger.CommitGroupAsync(Group("g", Crowd[..2_999]), WriteKind.Insert, true, [], None);
        await WatchAsync();
        await Ledger.CommitGroupAsync(Group("g", [.. Crowd[1..]], 2), WriteKind.Update, true, [], None);
        Assert.Equal(2L, await SqlAsync("SELECT count(*) FROM touched WHERE what = 'member'"));
        Assert.Equal(2L, await SqlAsync("SELECT count(*) FROM touched WHERE what = 'user'"));
        Assert.Equal(Crowd[1..], (await Storage.Users.FindGroupAsync("g", None))!.Members);
        Assert.Equal([Crowd[0], Crowd[2_999]], (await Storage.Users.ListRegroupedAsync(null, 5_000, None)).Where(x => x.Version == 3 || x.Id == Crowd[2_999]).Select(x => x.Id));
    }

    [Fact]
    public async Task When_members_stay_Should_touch_none_of_their_rows()
    {
        await CrowdAsync(Crowd);
        await Ledger.CommitGroupAsync(Group("g", Crowd), WriteKind.Insert, true, [], None);
        await WatchAsync();
        await Ledger.CommitGroupAsync(Group("g", [.. Crowd.Reverse()], 2) with { Attributes = Json("other") }, WriteKind.Update, true, [], None);
        Assert.Equal(0L, await SqlAsync("SELECT count(*) FROM touched"));
        Assert.Equal("other", (await Storage.Users.FindGroupAsync("g", None))!.Attributes["name"]!.ToString());
    }

    [Fact]
    public async Task When_a_group_is_renamed_Should_mark_members_and_leave_the_memberships()
    {
        await CrowdAsync(Crowd);
        await Ledger.CommitGroupAsync(Group("g", Crowd[..10]), WriteKind.Insert, true, [], None);
        await WatchAsync();
        await Ledger.CommitGroupAsync(Group("g", Crowd[..10], 2, "renamed"), WriteKind.Update, true, [], None);
        Assert.Equal(0L, await SqlAsync("SELECT count(*) FROM touched WHERE what = 'member'"));
        Assert.Equal(10L, await SqlAsync("SELECT count(*) FROM touched WHERE what = 'user'"));
    }

    [Fact]
    public async Task When_members_come_and_go_Should_keep_the_order_in_which_they_joined()
    {
        await CrowdAsync(Crowd);
        await Ledger.CommitGroupAsync(Group("g", ["u0005", "u0003", "u0001"]), WriteKind.Insert, true, [], None);
        await Ledger.CommitGroupAsync(Group("g", ["u0005", "u0001"], 2), WriteKind.Update, true, [], None);
        await Ledger.CommitGroupAsync(Group("g", ["u0005", "u0001", "u0003", "u0003", "u0000"], 3), WriteKind.Update, true, [], None);
        Assert.Equal(["u0005", "u0001", "u0003", "u0000"], (await Storage.Users.FindGroupAsync("g", None))!.Members);
    }

    [Fact]
    public async Task When_a_member_is_a_group_Should_say_so()
    {
        await Ledger.CommitGroupAsync(Group("inner", []), WriteKind.Insert, true, [], None);
        var refused = await Assert.ThrowsAsync<UnknownMemberException>(() => Ledger.CommitGroupAsync(Group("outer", ["inner"]), WriteKind.Insert, true, [], None));
        Assert.Contains("'inner' is a group and no user", refused.Message, StringComparison.Ordinal);
        Assert.Null(await Storage.Users.FindGroupAsync("outer", None));
    }

    [Fact]
    public async Task When_groups_of_many_users_are_asked_for_Should_find_those_of_each()
    {
        await CrowdAsync(Crowd);
        await Ledger.CommitGroupAsync(Group("g1", ["u0000", "u0001"]), WriteKind.Insert, true, [], None);
        await Ledger.CommitGroupAsync(Group("g2", ["u0001"]), WriteKind.Insert, true, [], None);
        var groups = await Storage.Users.GroupsOfAsync(["u0001", "u0000", "u0002", "nobody"], None);
        Assert.Equal(["g1"], groups["u0000"].Select(x => x.Id));
        Assert.Equal(["g1", "g2"], groups["u0001"].Select(x => x.Id));
        Assert.Empty(groups["u0002"]);
    }

    // Notes each row of memberships and users that is written from now on.
    private async Task WatchAsync()
    {
        await SqlAsync("CREATE TABLE touched (what TEXT)");
        if (_backend == Backend.PostgreSQL)
            await SqlAsync("CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO touched VALUES (TG_ARGV[0]); RETURN NULL; END'");
        foreach (var (table, what) in ((string, string)[])[("group_members", "member"), ("users", "user")])
            foreach (var kind in (string[])["INSERT", "UPDATE", "DELETE"])
                await SqlAsync(_backend == Backend.PostgreSQL
                    ? $"CREATE TRIGGER note_{kind} AFTER {kind} ON {table} FOR EACH ROW EXECUTE FUNCTION note('{what}')"
                    : $"CREATE TRIGGER note_{table}_{kind} AFTER {kind} ON {table} BEGIN INSERT INTO touched VALUES ('{what}'); END");
    }
}
