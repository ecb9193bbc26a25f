using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Core.Ledger;
using Provisioning.Core.Mapping;

namespace Provisioning.Storage.Tests;

public abstract class QueueTests(Backend backend) : Fixture(backend)
{
    public sealed class On_SQLite() : QueueTests(Backend.SQLite);

    public sealed class On_PostgreSQL() : QueueTests(Backend.PostgreSQL);

    [Fact]
    public async Task When_claiming_Should_take_losers_of_access_first_then_by_due_time()
    {
        foreach (var user in (string[])["loser", "gone"])
            await ConvergedAsync(Plan(user));
        await PlanAsync(Plan("late", due: Start.AddSeconds(-1)));
        await PlanAsync(Plan("early", due: Start.AddSeconds(-9)));
        await PlanAsync(Plan("future", due: Start.AddSeconds(1)));
        await PlanAsync(Plan("other", provider: "hr"));
        await PlanAsync(Plan("loser", desired: DesiredState.Disabled, due: Start.AddMilliseconds(-2)));
        await PlanAsync(Plan("gone", desired: DesiredState.Absent));
        Assert.Equal(["loser", "gone", "early"], (await ClaimAsync("w", 3)).Select(a => a.ResourceId));
        Assert.Equal(["late"], (await ClaimAsync("w2")).Select(a => a.ResourceId));
        Assert.Empty(await ClaimAsync("w3"));
    }

    [Fact]
    public async Task When_a_lease_expired_Should_be_claimed_as_uncertain_and_keep_what_the_late_one_made()
    {
        await PlanAsync(Plan("u1"));
        var old = Assert.Single(await ClaimAsync("old"));
        Assert.False(old.Uncertain);
        Time.Advance(TimeSpan.FromMinutes(2));
        var claimed = Assert.Single(await ClaimAsync("new"));
        Assert.True((await GetAsync(claimed.Id)).Uncertain);
        Assert.False(await Ledger.RecordAsync(Done(old, "old", "made-late"), None));
        Assert.Single(await Ledger.AttemptsOfAsync(old.Id, 10, None));
        var late = await GetAsync(old.Id);
        Assert.Equal(("made-late", true, "new"), (late.AccountId, late.Uncertain, late.Lease?.Token));

        Assert.True(await Ledger.RecordAsync(Done(claimed, "new", "made-in-time"), None));
        var after = await GetAsync(old.Id);
        Assert.Equal(("made-in-time", AssignmentStatus.Pending), (after.AccountId, after.Status));
        var stray = Assert.Single(await Ledger.HoldersAsync("ldap", ResourceType.User, ["made-late"], None));
        Assert.Equal((old.Id, DesiredState.Absent, AssignmentStatus.Pending), (stray.StrayOf, stray.Desired, stray.Status));
    }

    [Fact]
    public async Task When_recorded_Should_release_the_lease_and_keep_the_attempt()
    {
        var done = await ConvergedAsync(Plan("u1"));
        Assert.Equal((AssignmentStatus.Done, "acc-u1", null), (done.Status, done.AccountId, done.Lease?.Token));
        var attempt = Assert.Single(await Ledger.AttemptsOfAsync(done.Id, 10, None));
        Assert.Equal(new Attempt(done.Id, Start, TimeSpan.FromMilliseconds(7), "find, create", null, null), attempt);
    }

    [Fact]
    public async Task When_the_desired_state_moved_on_Should_stay_pending_and_keep_what_was_applied()
    {
        var claimed = await PlanAsync(Plan("u1") with { ClaimFor = Lease("w") });
        await PlanAsync(Plan("u1", name: "B", due: Start.AddHours(1)));
        Assert.True(await Ledger.RecordAsync(Done(claimed, "w"), None));
        var now = await GetAsync(claimed.Id);
        Assert.Equal((AssignmentStatus.Pending, Start, 0, "acc-u1"), (now.Status, now.DueAt, now.Attempts, now.AccountId));
        Assert.Equal(("A", "B"), ((string?)now.AppliedAttributes!["name"], (string?)now.DesiredAttributes!["name"]));
    }

    [Fact]
    public async Task When_a_manager_gets_an_account_Should_wake_those_who_name_it_at_the_same_target()
    {
        var report = Plan("report") with { DesiredAttributes = new JsonObject { ["manager"] = AccountReference.To("boss") } };
        var here = await ConvergedAsync(report);
        var there = await ConvergedAsync(report with { IdentityProvider = "other" });
        var boss = await PlanAsync(Plan("boss") with { ClaimFor = Lease("w") });
        await Ledger.RecordAsync(Done(boss, "w", "acc-boss"), None);
        var woken = await GetAsync(here.Id);
        Assert.Equal((AssignmentStatus.Pending, here.DesiredRevision + 1), (woken.Status, woken.DesiredRevision));
        Assert.Equal(AssignmentStatus.Done, (await GetAsync(there.Id)).Status);

        await PlanAsync(Plan("report"));
        await ConvergedAsync(Plan("report", name: "B"));
        boss = await PlanAsync(Plan("boss", name: "B") with { ClaimFor = Lease("w") });
        await Ledger.RecordAsync(Done(boss, "w", "acc-boss-2"), None);
        Assert.Equal(AssignmentStatus.Done, (await GetAsync(here.Id)).Status);
    }

    [Fact]
    public async Task When_a_leavers_account_is_adopted_Should_not_be_taken_away_as_the_leavers()
    {
        var old = await ConvergedAsync(Plan("old"));
        await PlanAsync(Plan("old", desired: DesiredState.Absent, due: Start.AddDays(7)));
        var back = await PlanAsync(Plan("back") with { ClaimFor = Lease("w") });
        await Ledger.RecordAsync(Done(back, "w", "acc-old"), None);
        var left = await GetAsync(old.Id);
        Assert.Equal((AssignmentStatus.Done, AppliedState.Absent, null), (left.Status, left.Applied, left.AccountId));
        Assert.Equal(back.Id, Assert.Single(await Ledger.HoldersAsync("ldap", ResourceType.User, ["acc-old"], None)).Id);
    }

    [Fact]
    public async Task When_an_account_id_changed_Should_wake_the_groups_at_the_same_target()
    {
        await Ledger.CommitUserAsync(User("u1"), WriteKind.Insert, [], None);
        var groups = new Dictionary<string, Assignment>();
        foreach (var (id, members, provider) in ((string, string[], string)[])
            [("g1", ["u1"], "ldap"), ("g2", [], "ldap"), ("g3", ["u1"], "hr"), ("g4", ["u1"], "ldap")])
        {
            await Ledger.CommitGroupAsync(Group(id, members), WriteKind.Insert, true, [], None);
            groups[id] = await ConvergedAsync(Plan(id, provider, type: ResourceType.Group));
        }

        await PlanAsync(Plan("g4", desired: DesiredState.Absent, type: ResourceType.Group, due: Start.AddHours(1)));
        var user = await PlanAsync(Plan("u1") with { ClaimFor = Lease("w") });
        await Ledger.RecordAsync(Done(user, "w"), None);
        var woken = await GetAsync(groups["g1"].Id);
        Assert.Equal((AssignmentStatus.Pending, 2L, Start), (woken.Status, woken.DesiredRevision, woken.DueAt));
        Assert.Equal(AssignmentStatus.Done, (await GetAsync(groups["g2"].Id)).Status);
        Assert.Equal(AssignmentStatus.Done, (await GetAsync(groups["g3"].Id)).Status);
        Assert.Equal((2L, Start.AddHours(1)), (await GetAsync(groups["g4"].Id)) is var g4 ? (g4.DesiredRevision, g4.DueAt) : default);
    }

    [Fact]
    public async Task When_asked_for_the_next_due_time_Should_count_leases_and_losers()
    {
        Assert.Null(await Ledger.NextDueAsync("ldap", None));
        await PlanAsync(Plan("u1", due: Start.AddMinutes(10)));
        Assert.Equal(Start.AddMinutes(10), await Ledger.NextDueAsync("ldap", None));
        await PlanAsync(Plan("u2"));
        Assert.Equal(Start, await Ledger.NextDueAsync("ldap", None));
        await ClaimAsync("w");
        Assert.Equal(Start.AddMinutes(1), await Ledger.NextDueAsync("ldap", None));
        await ConvergedAsync(Plan("u3"));
        await PlanAsync(Plan("u3", desired: DesiredState.Disabled, due: Start.AddSeconds(5)));
        Assert.Equal(Start.AddSeconds(5), await Ledger.NextDueAsync("ldap", None));
    }

    [Fact]
    public async Task When_released_Should_be_claimable_and_certain()
    {
        await PlanAsync(Plan("u1"));
        var claimed = await ClaimAsync("w");
        await Ledger.ReleaseAsync([claimed[0] with { Lease = Lease("somebody") }], None);
        Assert.Empty(await ClaimAsync("w2"));
        await Ledger.ReleaseAsync(claimed, None);
        Assert.False(Assert.Single(await ClaimAsync("w2")).Uncertain);
    }

    [Fact]
    public async Task When_providers_leave_and_return_Should_detach_and_attach()
    {
        var done = await ConvergedAsync(Plan("u1"));
        var hr = await ConvergedAsync(Plan("u1", "hr"));
        await Ledger.AttachAsync(["hr"], Start, None);
        var detached = await GetAsync(done.Id);
        Assert.Equal((AssignmentStatus.Detached, "acc-u1", 1L), (detached.Status, detached.AccountId, detached.DesiredRevision));
        Assert.Equal(AssignmentStatus.Done, (await GetAsync(hr.Id)).Status);
        await Ledger.AttachAsync(["hr", "ldap"], Start.AddMinutes(1), None);
        var back = await GetAsync(done.Id);
        Assert.Equal((AssignmentStatus.Done, "acc-u1"), (back.Status, back.AccountId));
    }

    [Fact]
    public async Task When_retried_Should_make_parked_and_pending_due_with_a_clean_slate()
    {
        var parked = await PlanAsync(Plan("u1") with { ClaimFor = Lease("w") });
        await Ledger.RecordAsync(Failed(parked, "w", AssignmentStatus.Parked), None);
        var pending = await PlanAsync(Plan("u2") with { ClaimFor = Lease("w") });
        await Ledger.RecordAsync(Failed(pending, "w"), None);
        var done = await ConvergedAsync(Plan("u3"));
        Assert.Equal(0, await Ledger.RetryAsync([], Start, None));
        Assert.Equal(2, await Ledger.RetryAsync([parked.Id, pending.Id, done.Id, "nothing"], Start, None));
        foreach (var id in (string[])[parked.Id, pending.Id])
        {
            var now = await GetAsync(id);
            Assert.Equal((AssignmentStatus.Pending, Start, 0, null), (now.Status, now.DueAt, now.Attempts, now.FirstFailedAt));
        }
    }

    [Fact]
    public async Task When_there_are_many_attempts_Should_keep_the_last_fifty()
    {
        var assignment = await PlanAsync(Plan("u1"));
        for (var i = 0; i < 55; i++)
        {
            var claimed = await PlanAsync(Plan("u1") with { ClaimFor = Lease("w") });
            await Ledger.RecordAsync(Failed(claimed, "w"), None);
        }

        Assert.Equal(50, (await Ledger.AttemptsOfAsync(assignment.Id, 100, None)).Count);
        Assert.Equal(55, (await GetAsync(assignment.Id)).Attempts);
    }

    [Fact]
    public async Task When_asked_for_account_ids_Should_answer_for_many()
    {
        await ConvergedAsync(Plan("u1"), "acc1");
        await PlanAsync(Plan("u2"));
        string[] ids = [.. Enumerable.Range(1, 5000).Select(i => $"u{i}")];
        Assert.Equal(new Dictionary<string, string> { ["u1"] = "acc1" }, await Ledger.AccountIdsAsync("ldap", ids, None));
    }

    [Fact]
    public async Task When_listing_and_counting_Should_filter_and_page()
    {
        for (var i = 0; i < 3; i++)
            await PlanAsync(Plan($"u{i}"));
        await ConvergedAsync(Plan("u9"));
        var first = Assert.Single(await Ledger.ListAssignmentsAsync(new AssignmentQuery(Status: AssignmentStatus.Pending, Max: 1), None));
        var rest = new AssignmentQuery(Status: AssignmentStatus.Pending, AfterId: first.Id);
        Assert.Equal(2, (await Ledger.ListAssignmentsAsync(rest, None)).Count);
        Assert.Equal(
            [new("ldap", AssignmentStatus.Pending, 3), new("ldap", AssignmentStatus.Done, 1)],
            (await Ledger.CountAsync(None)).OrderBy(c => c.Status));
        Assert.Single(await Ledger.AssignmentsOfAsync(ResourceType.User, "u9", None));
    }
}
