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

    [Fact]
    public async Task When_the_group_changed_since_Should_refuse_as_well()
    {
        await Ledger.CommitGroupAsync(Group("g1", []), WriteKind.Insert, [Plan("g1", type: ResourceType.Group)], None);
        await Ledger.CommitGroupAsync(Group("g1", [], version: 2), WriteKind.Update, [Plan("g1", name: "new", type: ResourceType.Group)], None);
        await Assert.ThrowsAsync<VersionConflictException>(
            () => Ledger.CommitPlansAsync([Plan("g1", type: ResourceType.Group) with { ResourceVersion = 1 }], None));
    }

    [Fact]
    public async Task When_many_leave_a_group_at_once_Should_want_none_of_them_there()
    {
        var users = Enumerable.Range(0, 20).Select(i => $"u{i:00}").ToArray();
        foreach (var id in users)
            await Ledger.CommitUserAsync(User(id), WriteKind.Insert, [Plan(id)], None);
        var plan = Plan("g1", type: ResourceType.Group) with { DesiredAttributes = new() { ["members"] = new JsonArray([.. users.Select(x => JsonValue.Create(x))]) } };
        var group = Assert.Single(await Ledger.CommitGroupAsync(Group("g1", users), WriteKind.Insert, [plan], None));
        await Task.WhenAll(users.Skip(1).Select(id => Task.Run(
            () => Ledger.CommitUserAsync(User(id), WriteKind.Delete, [Plan(id, desired: DesiredState.Absent)], None))));
        Assert.Equal("""["u00"]""", (await GetAsync(group.Id)).DesiredAttributes!["members"]!.ToJsonString());
    }

    private async Task<IReadOnlyList<Assignment>> ListAsync() =>
        [.. (await Ledger.ListAssignmentsAsync(new AssignmentQuery(), None)).OrderBy(x => x.ResourceId, StringComparer.Ordinal)];
}
