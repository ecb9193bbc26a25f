using Provisioning.Core.Ledger;
using Provisioning.Core.Users;

namespace Provisioning.Storage.Tests;

/// <summary>When to decide again about users is kept with them.</summary>
public abstract class DueUserTests(Backend backend) : Fixture(backend)
{
    public sealed class On_SQLite() : DueUserTests(Backend.SQLite);

    public sealed class On_PostgreSQL() : DueUserTests(Backend.PostgreSQL);

    [Fact]
    public async Task When_moments_have_come_Should_list_those_users_the_first_first()
    {
        foreach (var (id, minutes) in ((string, int?)[])[("a", 2), ("b", null), ("c", 1), ("d", 2), ("e", 9)])
            await Ledger.CommitUserAsync(User(id) with { DecideAt = minutes is { } m ? Start.AddMinutes(m) : null }, WriteKind.Insert, [], None);
        Assert.Equal(["c", "a", "d"], await DueAsync(Start.AddMinutes(2)));
        var first = Assert.Single(await Storage.Users.ListDueAsync(Start.AddMinutes(2), null, 1, None));
        Assert.Equal(Start.AddMinutes(1), first.DecideAt);
        var second = Assert.Single(await Storage.Users.ListDueAsync(Start.AddMinutes(2), first, 1, None));
        Assert.Equal(["d"], (await Storage.Users.ListDueAsync(Start.AddMinutes(2), second, 9, None)).Select(x => x.Id));
    }

    [Fact]
    public async Task When_a_moment_lies_between_milliseconds_Should_not_be_due_before()
    {
        await Ledger.CommitUserAsync(User("a") with { DecideAt = Start.AddTicks(1) }, WriteKind.Insert, [], None);
        Assert.Empty(await DueAsync(Start));
        Assert.Equal(["a"], await DueAsync(Start.AddMilliseconds(1)));
    }

    [Fact]
    public async Task When_the_user_changes_Should_take_the_new_moment()
    {
        await Ledger.CommitUserAsync(User("a") with { DecideAt = Start }, WriteKind.Insert, [], None);
        await Ledger.CommitUserAsync(User("a", version: 2), WriteKind.Update, [], None);
        Assert.Empty(await DueAsync(Start));
    }

    [Fact]
    public async Task When_plans_are_stored_alone_Should_store_the_moments_with_them()
    {
        foreach (var id in (string[])["a", "b"])
            await Ledger.CommitUserAsync(User(id), WriteKind.Insert, [], None);
        await Ledger.CommitPlansAsync([Plan("a")], [new("a", 1, Start), new("b", 1, Start)], None);
        Assert.Equal(["a", "b"], await DueAsync(Start));
        await Ledger.CommitPlansAsync([], [new("a", 1, null), new("b", 1, Start.AddDays(1))], None);
        Assert.Empty(await DueAsync(Start));
        Assert.Equal(["b"], await DueAsync(Start.AddDays(1)));
    }

    [Fact]
    public async Task When_the_user_changed_since_Should_leave_the_moment_to_whoever_changed_it()
    {
        await Ledger.CommitUserAsync(User("a"), WriteKind.Insert, [], None);
        await Ledger.CommitUserAsync(User("a", version: 2) with { DecideAt = Start.AddDays(1) }, WriteKind.Update, [], None);
        await Ledger.CommitPlansAsync([], [new("a", 1, Start)], None);
        Assert.Empty(await DueAsync(Start));
        await Assert.ThrowsAsync<VersionConflictException>(
            () => Ledger.CommitPlansAsync([Plan("a") with { ResourceVersion = 1 }], [new("a", 1, null)], None));
        Assert.Equal(["a"], await DueAsync(Start.AddDays(1)));
    }

    [Fact]
    public async Task When_the_same_users_are_decided_about_at_once_Should_let_all_go_on()
    {
        var ids = Enumerable.Range(0, 20).Select(i => $"u{i:00}").ToArray();
        foreach (var id in ids)
            await Ledger.CommitUserAsync(User(id), WriteKind.Insert, [], None);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => Ledger.CommitPlansAsync(
            [.. ids.Select(id => Plan(id, name: $"n{i}") with { ResourceVersion = 1 })], [.. ids.Reverse().Select(id => new DecidedUser(id, 1, Start.AddDays(i)))], None))));
        Assert.Equal(ids, await DueAsync(Start.AddDays(20)));
    }

    [Fact]
    public async Task When_accounts_are_counted_Should_count_those_that_are_to_stay()
    {
        await ConvergedAsync(Plan("a"));
        await ConvergedAsync(Plan("b"));
        await PlanAsync(Plan("b", desired: DesiredState.Absent));
        await PlanAsync(Plan("c"));
        await ConvergedAsync(Plan("d", provider: "other"));
        Assert.Equal(1, await Ledger.CountAccountsAsync("ldap", None));
    }

    private async Task<IEnumerable<string>> DueAsync(DateTimeOffset at) => (await Storage.Users.ListDueAsync(at, null, 100, None)).Select(x => x.Id);
}
