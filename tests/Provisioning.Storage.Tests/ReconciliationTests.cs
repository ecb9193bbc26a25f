using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Ledger;
using Provisioning.Core.Reconciling;

namespace Provisioning.Storage.Tests;

public abstract class ReconciliationTests(Backend backend) : ReconciliationFixture(backend)
{
    public sealed class On_SQLite() : ReconciliationTests(Backend.SQLite);

    public sealed class On_PostgreSQL() : ReconciliationTests(Backend.PostgreSQL);

    [Fact]
    public async Task When_the_target_differs_Should_say_how_and_change_nothing()
    {
        foreach (var (user, account) in ((string, string)[])[("same", "1"), ("gone", "2"), ("other", "3"), ("off", "4"), ("on", "5")])
            await AccountAsync(user, account);
        Target.Users.Remove("2");
        Target.Put("3", "other", "boss", marker: "other");
        Target.Put("4", "off", "clerk", enabled: false, marker: "off");
        await DisableAsync("on");
        Target.Put("7", "stranger", marker: "somebody else's");
        await Ledger.CommitUserAsync(User("nobody"), WriteKind.Insert, [], None);
        Target.Put("8", "x", marker: "nobody");
        await PlanAsync(UserPlan("waiting"));
        Target.Put("9", "WAITING", marker: "waiting");
        Time.Advance(TimeSpan.FromSeconds(1));

        var run = await ReconcileAsync();
        Assert.Equal((ReconciliationState.Complete, 7L, 0L, 0L), (run.State, run.Listed, run.InMotion, run.Acted));
        Assert.Equal(
            ["Adoptable waiting 9 ", "Different other 3 title", "Disabled off 4 ", "Enabled on 5 ", "Missing gone 2 ", "Orphan nobody 8 ", "Unmatched  7 "],
            (await FindingsAsync(run)).Select(x => $"{x.Kind} {x.ResourceName} {x.AccountId} {x.Attribute}").Order(StringComparer.Ordinal));
        Assert.All(run.Findings, x => Assert.Equal(1, x.Value));
        Assert.Equal(("clerk", "boss"), Assert.Single(await FindingsAsync(run, FindingKind.Different)) is var found ? (found.Ours, found.Theirs) : default);
        Assert.Equal(["list User", "list Group"], Target.Calls);
        Assert.Equal(["reconciliation-complete", "reconcile"], (await Storage.Audit.ListAsync(2, None)).Select(x => x.Action));
    }

    [Fact]
    public async Task When_repairing_Should_have_everything_made_right_by_the_usual_way_and_spare_who_is_protected()
    {
        foreach (var (user, account) in ((string, string)[])[("gone", "2"), ("other", "3"), ("off", "4"), ("on", "5"), ("vip1", "6"), ("left", "7")])
            await AccountAsync(user, account);
        Target.Users.Remove("2");
        Target.Put("3", "other", "boss", marker: "other");
        Target.Put("4", "off", "clerk", enabled: false, marker: "off");
        await DisableAsync("on");
        await DisableAsync("vip1");
        await LostDeleteAsync("left");
        Target.Put("8", "stranger", enabled: true);

        var run = await ReconcileAsync(ReconciliationMode.Repair);
        Assert.Equal((ReconciliationState.Complete, 5L), (run.State, run.Acted));
        Assert.All(await FindingsAsync(run), x => Assert.Equal(x.ResourceName is not ("vip1" or null), x.Step == FindingStep.Taken));
        await DrainAsync();
        Assert.Equal(
            ["3 other clerk True", "4 off clerk True", "5 on clerk False", "6 vip1 clerk True", "8 stranger  True", "new1 gone clerk True"],
            Target.Users.Values.Select(x => $"{x.Id} {x.Attributes["userName"]} {x.Attributes["title"]} {x.Enabled}"));
        Time.Advance(TimeSpan.FromSeconds(1));
        var again = await ReconcileAsync();
        Assert.Equal([FindingKind.Enabled, FindingKind.Unmatched], (await FindingsAsync(again)).Select(x => x.Kind).Order());
    }

    [Fact]
    public async Task When_the_listing_breaks_off_Should_believe_nothing_of_what_it_did_not_show()
    {
        for (var i = 0; i < 4; i++)
            await AccountAsync($"u{i}", $"{i}");
        Target.Put("0", "u0", "boss", marker: "u0");
        Target.Users.Remove("1");
        Target.BreaksAfter = 2;
        var run = await ReconcileAsync(ReconciliationMode.Repair);
        Assert.Equal((ReconciliationState.Incomplete, 0L, 0L), (run.State, run.Acted, run.Findings[FindingKind.Missing]));
        Assert.Contains("after 2 of 3", run.Problem, StringComparison.Ordinal);
        Assert.Empty(await ClaimAsync("w"));

        // Also if the target says nothing, and says it well.
        Target.BreaksAfter = null;
        Target.Users.Clear();
        var empty = await ReconcileAsync(ReconciliationMode.Repair);
        Assert.Equal((ReconciliationState.Suspicious, 0L, 4L), (empty.State, empty.Acted, empty.Findings[FindingKind.Missing]));
    }

    [Fact]
    public async Task When_more_is_missing_than_the_guard_allows_Should_repair_only_if_told_to_again()
    {
        for (var i = 0; i < 30; i++)
            await AccountAsync($"u{i}", $"a{i}");
        foreach (var i in Enumerable.Range(0, 11))
            Target.Users.Remove($"a{i}");
        var run = await ReconcileAsync(ReconciliationMode.Repair);
        Assert.Equal((ReconciliationState.Suspicious, 0L), (run.State, run.Acted));
        Assert.Contains("11 of 30 accounts are missing", run.Problem, StringComparison.Ordinal);
        Assert.Equal(11, (await ReconcileAsync(ReconciliationMode.Repair, force: true)).Acted);
    }

    [Fact]
    public async Task When_we_change_an_account_during_the_listing_Should_not_take_it_for_drift()
    {
        var early = await AccountAsync("early", "1");
        var stays = await AccountAsync("stays", "2");
        Target.Listed = async listed =>
        {
            if (listed != 0)
                return;
            Time.Advance(TimeSpan.FromSeconds(1));
            await ChangeAsync(early.ResourceId, "1");
            await ChangeAsync("late", "3");
        };
        var run = await ReconcileAsync(ReconciliationMode.Repair);
        Assert.Equal((ReconciliationState.Complete, 2L, 0L), (run.State, run.InMotion, run.Acted));
        Assert.Empty(await FindingsAsync(run));
        Assert.Equal(stays.Modified, (await GetAsync(stays.Id)).Modified);

        // What was changed shortly before is not compared either: the target's listing lags behind.
        Settings = Settings with { Reconciliation = new ReconciliationSettings { Settling = TimeSpan.FromMinutes(1) } };
        Target.Listed = _ => Task.CompletedTask;
        Assert.Equal(3L, (await ReconcileAsync()).InMotion);
    }

    [Fact]
    public async Task When_it_is_unsure_what_a_disabled_account_has_Should_see_all_the_same_that_somebody_enabled_it()
    {
        var left = await AccountAsync("left", "1");
        var gone = await AccountAsync("gone", "2");
        foreach (var one in (Assignment[])[left, gone])
        {
            var planned = await PlanAsync(UserPlan(one.ResourceId, DesiredState.Disabled) with { ClaimFor = Lease("w") });
            await Ledger.RecordAsync(Done(planned, "w", planned.AccountId) with { Applied = AppliedState.Disabled, Uncertain = true }, None);
        }

        Target.Users.Remove("2");
        Time.Advance(TimeSpan.FromSeconds(1));
        var run = await ReconcileAsync(ReconciliationMode.Repair);
        Assert.Equal(
            ["Enabled left", "Missing gone"], (await FindingsAsync(run)).Select(x => $"{x.Kind} {x.ResourceName}").Order(StringComparer.Ordinal));
        await DrainAsync();
        Assert.False(Target.Users["1"].Enabled);
    }

    [Fact]
    public async Task When_the_target_does_not_tell_of_some_Should_go_on_with_the_others()
    {
        for (var i = 1; i <= 3; i++)
        {
            await Ledger.CommitGroupAsync(Group($"g{i}", []), WriteKind.Insert, true, [], None);
            await ConvergedAsync(Plan($"g{i}", type: ResourceType.Group, name: $"g{i}"), $"t{i}");
            Target.Groups[$"t{i}"] = (new Account($"t{i}", new JsonObject { ["name"] = $"g{i}" }) { OwnershipMarker = $"g{i}" }, ["stranger"]);
        }

        (Target.Secretive["t1"], Target.Secretive["t2"]) = (FailureKind.Gone, FailureKind.Rejected);
        await AccountAsync("odd", "1");
        await AccountAsync("gone", "2");
        Target.Users.Clear();
        Target.Unsearchable = "odd";
        Time.Advance(TimeSpan.FromSeconds(1));
        var run = await ReconcileAsync();
        Assert.Equal(
            ["Different g3", "Missing gone"], (await FindingsAsync(run)).Select(x => $"{x.Kind} {x.ResourceName}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task When_adopting_Should_link_accounts_of_users_who_should_have_one_and_no_others()
    {
        Settings = Settings with
        {
            Existing = ExistingAccounts.AdoptIfUnowned,
            Reconciliation = Settings.Reconciliation with { Correlate = [new CorrelationRule { Account = "badge.number", User = CorrelationKey.ExternalId }, new CorrelationRule { Account = "userName" }] },
        };
        foreach (var user in (string[])["ada", "bob", "vip2", "twice", "denied", "foreign"])
            await Ledger.CommitUserAsync(User(user), WriteKind.Insert, user == "denied" ? [] : [UserPlan(user)], None);
        Target.Put("1", "a.lovelace", more: Badge("x-ada"));
        Target.Put("2", "BOB");
        Target.Put("3", "vip2");
        Target.Put("4", "twice");
        Target.Put("5", "t", more: Badge("x-twice"));
        Target.Put("6", "denied");
        Target.Put("7", "foreign", marker: "another host's");
        Time.Advance(TimeSpan.FromSeconds(1));
        var run = await ReconcileAsync(ReconciliationMode.Adopt);
        Assert.Equal((ReconciliationState.Complete, 2L, 5L + 1, 1L), (run.State, run.Acted, run.Findings[FindingKind.Adoptable], run.Findings[FindingKind.Unmatched]));
        Assert.Equal(["ada 1", "bob 2"], (await Ledger.HoldersAsync(Provider, ResourceType.User, [.. Target.Users.Keys], None)).Select(x => $"{x.ResourceName} {x.AccountId}").Order());
        Assert.Equal(2, (await Storage.Audit.ListAsync(100, None)).Count(x => x.Action == "adopt"));
        Assert.Equal(7, Target.Users.Count);
        await DrainAsync();
        Assert.Equal("ada", Target.Users["1"].Attributes["userName"]!.ToString());
    }

    [Fact]
    public async Task When_members_of_a_group_differ_Should_say_who()
    {
        await AccountAsync("u1", "a1");
        await AccountAsync("u2", "a2");
        await Ledger.CommitGroupAsync(Group("g1", ["u1", "u2"]), WriteKind.Insert, true, [], None);
        var plan = new AssignmentPlan(
            Provider, ResourceType.Group, "g1", "g1", "portal", DesiredState.Present, new JsonObject { ["displayName"] = "g1", ["members"] = new JsonArray("a1", "a2") }, Start, "{}");
        await ConvergedAsync(plan, "t1");
        Target.Groups["t1"] = (new Account("t1", new JsonObject { ["displayName"] = "g1" }) { OwnershipMarker = "g1" }, ["a1", "a7"]);
        Time.Advance(TimeSpan.FromSeconds(1));
        var finding = Assert.Single(await FindingsAsync(await ReconcileAsync()));
        Assert.Equal((FindingKind.Different, "members", "not in it: a2; in it as well: a7"), (finding.Kind, finding.Attribute, finding.Detail));
    }

    [Fact]
    public async Task When_an_attribute_is_secret_or_ignored_Should_not_compare_it()
    {
        Settings = Settings with { Reconciliation = Settings.Reconciliation with { Ignore = ["title"] } };
        var attributes = new JsonObject { ["userName"] = "u1", ["title"] = "Clerk", ["password"] = "s3cret", ["apiToken"] = "t0ken" };
        await ConvergedAsync(UserPlan("u1") with { DesiredAttributes = attributes }, "1");
        Target.Put("1", "u1", "CLERK", marker: "u1");
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(await FindingsAsync(await ReconcileAsync()));
    }

    private static JsonObject Badge(string number) => new() { ["badge"] = new JsonObject { ["number"] = number } };

    // We disabled it, and somebody enabled it again.
    private async Task DisableAsync(string user)
    {
        var planned = await PlanAsync(UserPlan(user, DesiredState.Disabled) with { ClaimFor = Lease("w") });
        await Ledger.RecordAsync(Done(planned, "w", planned.AccountId) with { Applied = AppliedState.Disabled }, None);
        Time.Advance(TimeSpan.FromSeconds(1));
    }

    // We believe that it was deleted.
    private async Task LostDeleteAsync(string user)
    {
        var planned = await PlanAsync(UserPlan(user, DesiredState.Absent) with { ClaimFor = Lease("w") });
        await Ledger.RecordAsync(Done(planned, "w", account: null) with { Applied = AppliedState.Absent, AppliedAttributes = null }, None);
        Time.Advance(TimeSpan.FromSeconds(1));
    }

    private async Task ChangeAsync(string user, string account)
    {
        var planned = await PlanAsync(UserPlan(user, title: "changed") with { ClaimFor = Lease("w") });
        await Ledger.RecordAsync(Done(planned, "w", account), None);
        Target.Put(account, user, "changed", marker: user);
    }
}
