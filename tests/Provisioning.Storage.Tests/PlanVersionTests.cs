using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Core.Ledger;
using Provisioning.Core.Users;

namespace Provisioning.Storage.Tests;

/// <summary>Plans are made from what was read: they must not overwrite what somebody planned who came in between.</summary>
public abstract class PlanVersionTests(Backend backend) : Fixture(backend)
{
    public sealed class On_SQLite() : PlanVersionTests(Backend.SQLite);

    public sealed class On_PostgreSQL() : PlanVersionTests(Backend.PostgreSQL);

    [Fact]
    public async Task When_the_user_changed_since_Should_store_none_of_the_plans()
    {
        foreach (var id in (string[])["ada", "bob"])
            await Ledger.CommitUserAsync(User(id), WriteKind.Insert, [Plan(id)], None);
        await Ledger.CommitUserAsync(User("ada", version: 2), WriteKind.Update, [Plan("ada", name: "new")], None);
        AssignmentPlan[] stale = [Plan("bob", name: "old") with { ResourceVersion = 1 }, Plan("ada", name: "old") with { ResourceVersion = 1 }];
        await Assert.ThrowsAsync<VersionConflictException>(() => Ledger.CommitPlansAsync(stale, None));
        Assert.Equal(["new", "A"], (await ListAsync()).Select(x => (string?)x.DesiredAttributes!["name"]));
        await Ledger.CommitPlansAsync([stale[0], stale[1] with { ResourceVersion = 2 }], None);
        Assert.Equal(["old", "old"], (await ListAsync()).Select(x => (string?)x.DesiredAttributes!["name"]));
    }

    [Fact]
    public async Task When_the_user_is_gone_Should_not_bring_the_account_back()
    {
        await Ledger.CommitUserAsync(User("ada"), WriteKind.Insert, [Plan("ada")], None);
        await Ledger.CommitUserAsync(User("ada"), WriteKind.Delete, [Plan("ada", desired: DesiredState.Absent)], None);
        await Assert.ThrowsAsync<VersionConflictException>(() => Ledger.CommitPlansAsync([Plan("ada") with { ResourceVersion = 1 }], None));
        Assert.Equal(DesiredState.Absent, Assert.Single(await ListAsync()).Desired);
    }

    [Theory]
    [InlineData(ResourceType.User)]
    [InlineData(ResourceType.Group)]
    public async Task When_it_was_planned_for_who_is_gone_Should_not_act_on_who_came_back(ResourceType type)
    {
        await PlanAsync(Plan("ada", type: type));
        var leaves = Plan("ada", desired: DesiredState.Absent, type: type) with { ResourceVersion = AssignmentPlan.NoVersion };
        await (type == ResourceType.User
            ? Ledger.CommitUserAsync(User("ada"), WriteKind.Insert, [], None)
            : Ledger.CommitGroupAsync(Group("ada", []), WriteKind.Insert, true, [], None));
        await Assert.ThrowsAsync<VersionConflictException>(() => Ledger.CommitPlansAsync([leaves], None));
        Assert.Equal(DesiredState.Present, Assert.Single(await ListAsync()).Desired);
        await (type == ResourceType.User
            ? Ledger.CommitUserAsync(User("ada"), WriteKind.Delete, [], None)
            : Ledger.CommitGroupAsync(Group("ada", []), WriteKind.Delete, true, [], None));
        await Ledger.CommitPlansAsync([leaves], None);
        Assert.Equal(DesiredState.Absent, Assert.Single(await ListAsync()).Desired);
    }

    [Fact]
    public async Task When_the_group_changed_since_Should_refuse_as_well()
    {
        await Ledger.CommitGroupAsync(Group("g1", []), WriteKind.Insert, true, [Plan("g1", type: ResourceType.Group)], None);
        await Ledger.CommitGroupAsync(Group("g1", [], version: 2), WriteKind.Update, true, [Plan("g1", name: "new", type: ResourceType.Group)], None);
        await Assert.ThrowsAsync<VersionConflictException>(
            () => Ledger.CommitPlansAsync([Plan("g1", type: ResourceType.Group) with { ResourceVersion = 1 }], None));
    }

    [Fact]
    public async Task When_a_member_was_deleted_since_Should_not_bring_it_back_into_the_group()
    {
        await Ledger.CommitUserAsync(User("ada"), WriteKind.Insert, [], None);
        var plan = Plan("g1", type: ResourceType.Group) with { DesiredAttributes = new() { ["members"] = new JsonArray("ada") }, ResourceVersion = 1 };
        await Ledger.CommitGroupAsync(Group("g1", ["ada"]), WriteKind.Insert, true, [plan], None);
        await Ledger.CommitUserAsync(User("ada"), WriteKind.Delete, [], None);
        await Assert.ThrowsAsync<VersionConflictException>(() => Ledger.CommitPlansAsync([plan], None));
        Assert.Equal("[]", Assert.Single(await ListAsync()).DesiredAttributes!["members"]!.ToJsonString());
    }

    [Theory]
    [InlineData(WriteKind.Update, "ada eve", "bob eve", "g1", "ada bob")]
    [InlineData(WriteKind.Update, "ada bob", "ada eve", "renamed", "ada bob eve")]
    [InlineData(WriteKind.Delete, "ada bob", "", "g1", "ada bob")]
    public async Task When_memberships_changed_since_Should_refuse_what_was_planned_without(WriteKind kind, string before, string after, string name, string regrouped)
    {
        await Ledger.CommitGroupAsync(Group("g1", []), WriteKind.Insert, true, [], None);
        foreach (var id in (string[])["ada", "bob", "eve"])
            await Ledger.CommitUserAsync(User(id), WriteKind.Insert, [], None);
        await Ledger.CommitGroupAsync(Group("g1", before.Split(' '), 2), WriteKind.Update, true, [], None);
        var read = await UsersAsync();
        await Ledger.PlannedAsync(read, None);
        Assert.Empty(await Storage.Users.ListRegroupedAsync(null, 10, None));

        await Ledger.CommitGroupAsync(Group("g1", after.Split(' ', StringSplitOptions.RemoveEmptyEntries), 3, name), kind, true, [], None);
        var changed = (await UsersAsync()).Where((x, i) => x.Version != read[i].Version).Select(x => x.Id).ToList();
        Assert.Equal(regrouped.Split(' '), changed);
        foreach (var user in read)
        {
            var stale = Ledger.CommitPlansAsync([Plan(user.Id) with { ResourceVersion = user.Version }], None);
            if (changed.Contains(user.Id))
                await Assert.ThrowsAsync<VersionConflictException>(() => stale);
            else
                await stale;
        }

        // Marked until somebody has planned what there is now.
        await Ledger.PlannedAsync(read, None);
        Assert.Equal(changed, (await Storage.Users.ListRegroupedAsync(null, 10, None)).Select(x => x.Id));
        await Ledger.PlannedAsync(await UsersAsync(), None);
        Assert.Empty(await Storage.Users.ListRegroupedAsync(null, 10, None));
    }

    private Task<IReadOnlyList<User>> UsersAsync() => Storage.Users.ListUsersAsync(null, 10, None);

    [Fact]
    public async Task When_many_leave_a_group_at_once_Should_want_none_of_them_there()
    {
        var users = Enumerable.Range(0, 20).Select(i => $"u{i:00}").ToArray();
        foreach (var id in users)
            await Ledger.CommitUserAsync(User(id), WriteKind.Insert, [Plan(id)], None);
        var plan = Plan("g1", type: ResourceType.Group) with { DesiredAttributes = new() { ["members"] = new JsonArray([.. users.Select(x => JsonValue.Create(x))]) } };
        var group = Assert.Single(await Ledger.CommitGroupAsync(Group("g1", users), WriteKind.Insert, true, [plan], None));
        await Task.WhenAll(users.Skip(1).Select(id => Task.Run(
            () => Ledger.CommitUserAsync(User(id), WriteKind.Delete, [Plan(id, desired: DesiredState.Absent)], None))));
        Assert.Equal("""["u00"]""", (await GetAsync(group.Id)).DesiredAttributes!["members"]!.ToJsonString());
    }

    private async Task<IReadOnlyList<Assignment>> ListAsync() =>
        [.. (await Ledger.ListAssignmentsAsync(new AssignmentQuery(), None)).OrderBy(x => x.ResourceId, StringComparer.Ordinal)];
}
