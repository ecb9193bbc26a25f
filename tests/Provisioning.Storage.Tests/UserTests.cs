using Provisioning.Connectors;
using Provisioning.Core.Ledger;
using Provisioning.Core.Users;
using Provisioning.Testing;

namespace Provisioning.Storage.Tests;

public abstract class UserTests(Backend backend) : Fixture(backend)
{
    public sealed class On_SQLite() : UserTests(Backend.SQLite);

    public sealed class On_PostgreSQL() : UserTests(Backend.PostgreSQL);

    [Fact]
    public async Task When_a_user_is_stored_Should_be_found_every_way()
    {
        var planned = await Ledger.CommitUserAsync(User("u1", "Ann"), WriteKind.Insert, [Plan("u1")], None);
        Assert.Equal("u1", Assert.Single(planned).ResourceId);
        var users = Storage.Users;
        foreach (var found in (User?[])
            [await users.FindUserAsync("u1", None), await users.FindUserByNameAsync("aNN", None), await users.FindMatchedAsync("aNN", None),
                await users.FindRegisteredAsync("portal", "ANN", None), .. await users.ListByExternalIdAsync(null, "x-u1", null, 9, None), .. await users.ListByExternalIdAsync("portal", "x-u1", null, 9, None)])
        {
            Assert.Equal(("u1", "Ann", 1L, Start), (found!.Id, found.UserName, found.Version, found.Created));
            Assert.Equal(["portal"], found.Registrations.Select(x => x.ServiceProvider));
        }

        Assert.Equal(1, await users.CountUsersAsync(None));
        Assert.Single(await users.ListUsersAsync(null, 10, None));
        Assert.Empty(await users.ListUsersAsync("u1", 10, None));
        Assert.Equal(new Dictionary<string, string> { ["u1"] = "Ann" }, await users.UserNamesAsync(["u1", "u2"], None));
    }

    [Fact]
    public async Task When_a_name_is_taken_Should_refuse_and_change_nothing()
    {
        await Ledger.CommitUserAsync(User("u1", "Ann"), WriteKind.Insert, [], None);
        await Assert.ThrowsAsync<DuplicateNameException>(
            () => Ledger.CommitUserAsync(User("u2", "ANN"), WriteKind.Insert, [Plan("u2")], None));
        Assert.Empty(await Ledger.AssignmentsOfAsync(ResourceType.User, "u2", None));
        await Ledger.CommitGroupAsync(Group("g1", [], name: "Staff"), WriteKind.Insert, true, [], None);
        await Assert.ThrowsAsync<DuplicateNameException>(
            () => Ledger.CommitGroupAsync(Group("g2", [], name: "staff"), WriteKind.Insert, true, [], None));
    }

    [Fact]
    public async Task When_accents_are_composed_differently_Should_be_the_same_name()
    {
        await Ledger.CommitUserAsync(User("u1", "ren\u00e9"), WriteKind.Insert, [], None);
        Assert.Equal("u1", (await Storage.Users.FindUserByNameAsync("RENE\u0301", None))?.Id);
        await Assert.ThrowsAsync<DuplicateNameException>(() => Ledger.CommitUserAsync(User("u2", "rene\u0301"), WriteKind.Insert, [], None));
    }

    [Fact]
    public async Task When_paged_Should_count_all_and_read_the_page()
    {
        foreach (var i in Enumerable.Range(1, 5))
            await Ledger.CommitUserAsync(People.Known($"u{i}", $"u{i}", null, Start, 1, i == 3 ? "portal-2" : "portal"), WriteKind.Insert, [], None);
        await Ledger.CommitGroupAsync(Group("g1", ["u2"]), WriteKind.Insert, true, [], None);
        var users = Storage.Users;
        var page = await users.PageUsersAsync("portal", 1, 2, None);
        Assert.Equal(4, page.Total);
        Assert.Equal(["u2", "u4"], page.Items.Select(x => x.Id));
        Assert.Equal(["u5"], (await users.PageUsersAsync(null, 4, 10, None)).Items.Select(x => x.Id));
        Assert.Empty((await users.PageUsersAsync(null, 9, 10, None)).Items);
        Assert.Equal(["u2"], Assert.Single((await users.PageGroupsAsync("portal", 0, 10, None)).Items).Members);
        Assert.Equal(0, (await users.PageGroupsAsync("port", 0, 10, None)).Total);
    }

    [Fact]
    public async Task When_the_version_moved_on_Should_refuse()
    {
        await Ledger.CommitUserAsync(User("u1"), WriteKind.Insert, [], None);
        await Ledger.CommitUserAsync(User("u1", version: 2), WriteKind.Update, [], None);
        await Assert.ThrowsAsync<VersionConflictException>(
            () => Ledger.CommitUserAsync(User("u1", version: 2), WriteKind.Update, [Plan("u1")], None));
        Assert.Empty(await Ledger.AssignmentsOfAsync(ResourceType.User, "u1", None));
        await Ledger.CommitUserAsync(User("u1", version: 9), WriteKind.Delete, [], None);
        await Assert.ThrowsAsync<VersionConflictException>(() => Ledger.CommitUserAsync(User("u1"), WriteKind.Delete, [], None));
    }

    [Fact]
    public async Task When_the_last_registration_ends_while_another_one_begins_Should_keep_the_user()
    {
        await Ledger.CommitUserAsync(User("u1"), WriteKind.Insert, [], None);
        var read = (await Storage.Users.FindUserAsync("u1", None))!;
        var joined = read.With(new Registration("shop", new() { ["userName"] = "u1" }, RegistrationOrigin.Registered, 1, Start, Start)) with { Version = 2 };
        await Ledger.CommitUserAsync(joined, WriteKind.Update, [], None);
        await Assert.ThrowsAsync<VersionConflictException>(() => Ledger.CommitUserAsync(read with { EndedBy = "portal" }, WriteKind.Delete, [], None));
        Assert.Equal(["portal", "shop"], (await Storage.Users.FindUserAsync("u1", None))!.Registrations.Select(x => x.ServiceProvider));
    }

    [Fact]
    public async Task When_a_user_is_deleted_Should_leave_groups_and_keep_assignments()
    {
        await Ledger.CommitUserAsync(User("u1"), WriteKind.Insert, [Plan("u1")], None);
        await Ledger.CommitUserAsync(User("u2"), WriteKind.Insert, [], None);
        await Ledger.CommitGroupAsync(Group("g1", ["u2", "u1"], name: "Staff"), WriteKind.Insert, true, [], None);
        Assert.Equal(["u2", "u1"], Assert.Single(await Storage.Users.ListGroupsByNameAsync("portal", "STAFF", None)).Members);
        Assert.Equal([new GroupReference("g1", "Staff", "portal")], await Storage.Users.GroupsOfAsync("u1", None));
        await Ledger.CommitUserAsync(User("u1"), WriteKind.Delete, [], None);
        var group = (await Storage.Users.FindGroupAsync("g1", None))!;
        Assert.Equal(["u2"], group.Members);
        Assert.Equal(2, group.Version);
        Assert.Single(await Ledger.AssignmentsOfAsync(ResourceType.User, "u1", None));
    }

    [Fact]
    public async Task When_a_member_is_unknown_Should_change_nothing()
    {
        await Ledger.CommitGroupAsync(Group("g1", [], name: "Staff"), WriteKind.Insert, true, [], None);
        await Assert.ThrowsAsync<UnknownMemberException>(
            () => Ledger.CommitGroupAsync(
                Group("g1", ["nobody"], 2, "Other"), WriteKind.Update, true, [Plan("g1", type: ResourceType.Group)], None));
        var group = Assert.Single(await Storage.Users.ListGroupsAsync(null, null, 10, None));
        Assert.Equal(("Staff", 1L), (group.DisplayName, group.Version));
        Assert.Empty(await Ledger.AssignmentsOfAsync(ResourceType.Group, "g1", None));
        await Ledger.CommitGroupAsync(group, WriteKind.Delete, true, [], None);
        Assert.Equal(0, await Storage.Users.CountGroupsAsync(None));
    }
}
