using Provisioning.Connectors;
using Provisioning.Core.Ledger;
using Provisioning.Core.Users;

namespace Provisioning.Storage.Tests;

/// <summary>Whoever joins or leaves a large group is written without the other members being read.</summary>
public abstract class When_single_members_join_and_leave(Backend backend) : Fixture(backend)
{
    private static readonly string[] Crowd = [.. Enumerable.Range(0, 200).Select(i => $"u{i:d3}")];

    public sealed class On_SQLite() : When_single_members_join_and_leave(Backend.SQLite);

    public sealed class On_PostgreSQL() : When_single_members_join_and_leave(Backend.PostgreSQL);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await CrowdAsync(Crowd);
        await Ledger.CommitGroupAsync(Group("g", Crowd[..100]), WriteKind.Insert, true, [], None);
        await Ledger.PlannedAsync(await Storage.Users.ListRegroupedAsync(null, 1_000, None), None);
    }

    [Fact]
    public async Task Should_have_them_last_and_mark_those_who_are_to_be_planned()
    {
        var (group, affected) = (await ChangeAsync(["u150", "u001"], ["u000", "u180"]))!.Value;
        Assert.Equal(2, group.Version);
        Assert.Equal(["u150", "u000"], affected);
        Assert.Equal([.. Crowd[1..100], "u150"], await MembersAsync());
        Assert.Equal(["u000", "u150"], (await Storage.Users.ListRegroupedAsync(null, 10, None)).Select(x => x.Id));
    }

    [Fact]
    public async Task Should_keep_the_version_when_nobody_joined_and_nobody_left()
    {
        var (group, affected) = (await ChangeAsync(["u001"], ["u180"]))!.Value;
        Assert.Equal(1, group.Version);
        Assert.Empty(affected);
        Assert.Empty(await Storage.Users.ListRegroupedAsync(null, 10, None));
    }

    [Fact]
    public async Task Should_keep_all_changes_of_sixteen_at_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => ChangeAsync([$"u{100 + i}"], [$"u{i:d3}"]))));
        Assert.Equal(Crowd[16..116], (await MembersAsync()).Order(StringComparer.Ordinal));
        Assert.Equal(17, (await Storage.Users.FindGroupHeadAsync("g", None))!.Version);
    }

    [Fact]
    public async Task Should_refuse_another_version_than_the_expected_one_and_change_nothing()
    {
        await ChangeAsync(["u150"], []);
        await Assert.ThrowsAsync<VersionConflictException>(() => ChangeAsync(["u151"], [], expected: 1));
        await Assert.ThrowsAsync<VersionConflictException>(() => ChangeAsync(["u150"], [], expected: 1));
        Assert.Equal([.. Crowd[..100], "u150"], await MembersAsync());
        Assert.NotNull(await ChangeAsync(["u151"], [], expected: 2));
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("stranger")]
    public async Task Should_refuse_who_is_no_user_of_the_service_provider_and_change_nothing(string id)
    {
        await Ledger.CommitUserAsync(User("stranger"), WriteKind.Insert, [], None);
        await SqlAsync("UPDATE registrations SET service_provider = 'other' WHERE user_id = 'stranger'");
        var refused = await Assert.ThrowsAsync<UnknownMemberException>(() => ChangeAsync(["u150", id], ["u000"]));
        Assert.Equal(id, refused.Id);
        Assert.Equal(Crowd[..100], await MembersAsync());
        Assert.Equal(1, (await Storage.Users.FindGroupHeadAsync("g", None))!.Version);
    }

    [Fact]
    public async Task Should_let_a_trusted_one_add_users_of_others()
    {
        await Ledger.CommitUserAsync(User("stranger"), WriteKind.Insert, [], None);
        await SqlAsync("UPDATE registrations SET service_provider = 'other' WHERE user_id = 'stranger'");
        Assert.NotNull(await Ledger.CommitMembersAsync("g", null, new MemberChange(["stranger"], []), ofOwnUsers: false, None));
        Assert.Contains("stranger", await MembersAsync());
    }

    [Fact]
    public async Task Should_leave_a_provisioned_group_to_those_who_plan_it()
    {
        await PlanAsync(Plan("g", type: ResourceType.Group));
        Assert.Null(await ChangeAsync(["u150"], []));
        Assert.Null(await ChangeAsync(["u001"], []));
        Assert.Equal(Crowd[..100], await MembersAsync());
        Assert.Equal(1, (await Storage.Users.FindGroupHeadAsync("g", None))!.Version);
    }

    [Fact]
    public async Task Should_have_room_for_very_many_changes()
    {
        await SqlAsync("UPDATE groups SET version = 100000");
        await ChangeAsync(["u150"], []);
        Assert.Equal([.. Crowd[..100], "u150"], await MembersAsync());
    }

    [Fact]
    public async Task Should_leave_groups_in_groups_to_those_who_know_of_them()
    {
        await Ledger.CommitGroupAsync(Group("inner", []), WriteKind.Insert, true, [], None);
        Assert.Null(await ChangeAsync(["u150", "inner"], []));
        await Ledger.CommitGroupAsync(
            Group("outer", []) with { Groups = ["inner"], RestsOn = new Dictionary<string, long> { ["inner"] = 1 } }, WriteKind.Insert, true, [], None);
        Assert.Null(await Ledger.CommitMembersAsync("inner", null, new MemberChange(["u001"], []), ofOwnUsers: true, None));
        Assert.Null(await Ledger.CommitMembersAsync("outer", null, new MemberChange(["u001"], []), ofOwnUsers: true, None));
        Assert.Equal(Crowd[..100], await MembersAsync());
    }

    [Fact]
    public async Task Should_say_that_there_is_no_such_group() =>
        Assert.Null(await Ledger.CommitMembersAsync("none", null, new MemberChange(["u001"], []), ofOwnUsers: true, None));

    [Fact]
    public async Task Should_stay_in_order_with_whole_writes_in_between()
    {
        await ChangeAsync(["u150"], []);
        await Ledger.CommitGroupAsync(Group("g", [.. Crowd[..100], "u150", "u160"], 3), WriteKind.Update, true, [], None);
        await ChangeAsync(["u140", "u130"], ["u160"]);
        Assert.Equal([.. Crowd[..100], "u150", "u140", "u130"], await MembersAsync());
    }

    private Task<(GroupHead Group, IReadOnlyList<string> Affected)?> ChangeAsync(string[] joining, string[] leaving, long? expected = null) =>
        Ledger.CommitMembersAsync("g", expected, new MemberChange(joining, leaving), ofOwnUsers: true, None);

    private async Task<IReadOnlyList<string>> MembersAsync() => (await Storage.Users.FindGroupAsync("g", None))!.Members;
}
