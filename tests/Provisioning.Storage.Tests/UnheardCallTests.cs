using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Core.Converging;
using Provisioning.Core.Ledger;
using Provisioning.Core.Users;

namespace Provisioning.Storage.Tests;

/// <summary>A host dies in a call: what the call may have put there is still known when something else is desired by then.</summary>
public abstract class UnheardCallTests(Backend backend) : Fixture(backend)
{
    public sealed class On_SQLite() : UnheardCallTests(Backend.SQLite);

    public sealed class On_PostgreSQL() : UnheardCallTests(Backend.PostgreSQL);

    [Fact]
    public async Task When_the_wish_changes_during_the_call_Should_keep_what_was_sent()
    {
        await MembersAsync("ada", "bob");
        var group = await GroupAsync(WriteKind.Insert, "ada", "bob");
        await ClaimAsync("dead");
        await GroupAsync(WriteKind.Update, "bob");
        var stored = await GetAsync(group.Id);
        Assert.Equal((true, "t-ada t-bob"), (stored.Uncertain, MembersOf(stored)));
    }

    [Fact]
    public async Task When_the_call_ends_well_after_all_Should_know_what_is_there()
    {
        await MembersAsync("ada", "bob");
        await GroupAsync(WriteKind.Insert, "ada", "bob");
        var claimed = Assert.Single(await ClaimAsync("alive"));
        await GroupAsync(WriteKind.Update, "bob");
        Assert.True(await Ledger.RecordAsync(Done(claimed, "alive", "g-1") with { AppliedAttributes = Members("t-ada") }, None));
        var stored = await GetAsync(claimed.Id);
        Assert.Equal((false, "t-ada", AssignmentStatus.Pending), (stored.Uncertain, MembersOf(stored), stored.Status));
    }

    [Fact]
    public async Task When_nobody_works_on_it_Should_keep_nothing()
    {
        await MembersAsync("ada");
        var group = await GroupAsync(WriteKind.Insert, "ada");
        await GroupAsync(WriteKind.Update);
        var stored = await GetAsync(group.Id);
        Assert.Equal((false, ""), (stored.Uncertain, MembersOf(stored)));
    }

    [Fact]
    public async Task When_it_is_about_a_user_Should_keep_the_attributes()
    {
        var ada = await ConvergedAsync(Plan("ada") with { DesiredAttributes = new JsonObject { ["title"] = "a" } });
        await PlanAsync(Plan("ada") with { DesiredAttributes = new JsonObject { ["title"] = "a", ["locale"] = "en" }, ClaimFor = Lease("dead") });
        await PlanAsync(Plan("ada") with { DesiredAttributes = new JsonObject { ["title"] = "b" } });
        var stored = await GetAsync(ada.Id);
        Assert.Equal((true, """{"title":"a","locale":"en"}"""), (stored.Uncertain, stored.AppliedAttributes!.ToJsonString()));
    }

    [Fact]
    public async Task When_a_member_loses_its_account_during_the_call_Should_keep_the_account()
    {
        await MembersAsync("ada");
        var group = await GroupAsync(WriteKind.Insert, "ada");
        await ClaimAsync("dead");
        var ada = await PlanAsync(Plan("ada", desired: DesiredState.Absent) with { ClaimFor = Lease("alive") });
        var gone = Done(ada, "alive", null) with { Applied = AppliedState.Absent, AppliedAttributes = null };
        Assert.True(await Ledger.RecordAsync(gone, None));
        var stored = await GetAsync(group.Id);
        Assert.Equal((true, "t-ada", "dead"), (stored.Uncertain, MembersOf(stored), stored.Lease?.Token));
    }

    [Fact]
    public async Task When_a_member_is_deleted_during_the_call_Should_keep_the_account_and_want_it_no_more()
    {
        await MembersAsync("ada", "bob");
        var group = await GroupAsync(WriteKind.Insert, "ada", "bob");
        await ClaimAsync("dead");
        var committed = await Ledger.CommitUserAsync(User("ada"), WriteKind.Delete, [Plan("ada", desired: DesiredState.Absent)], None);
        Assert.Equal(["ada", "g1"], committed.Select(x => x.ResourceId));
        var stored = await GetAsync(group.Id);
        Assert.Equal((true, "t-ada t-bob"), (stored.Uncertain, MembersOf(stored)));
        Assert.Equal("""["bob"]""", stored.DesiredAttributes!["members"]!.ToJsonString());
    }

    [Fact]
    public async Task When_another_host_took_over_and_sent_nothing_Should_keep_what_the_dead_one_may_have_sent()
    {
        await MembersAsync("ada", "bob");
        await GroupAsync(WriteKind.Insert, "ada", "bob");
        await ClaimAsync("dead");
        Time.Advance(TimeSpan.FromMinutes(2));
        var taken = Assert.Single(await ClaimAsync("alive"));
        await GroupAsync(WriteKind.Update, "bob");
        Assert.True(await Ledger.RecordAsync(Failed(taken, "alive") with { Uncertain = taken.Uncertain }, None));
        var stored = await GetAsync(taken.Id);
        Assert.Equal((true, "t-ada t-bob"), (stored.Uncertain, MembersOf(stored)));
    }

    [Fact]
    public async Task When_a_caller_took_over_and_could_not_wait_Should_keep_what_the_dead_one_may_have_sent()
    {
        var wish = Plan("ada") with { DesiredAttributes = new JsonObject { ["title"] = "a", ["locale"] = "en" } };
        await PlanAsync(wish with { ClaimFor = Lease("dead") });
        Time.Advance(TimeSpan.FromMinutes(2));
        var taken = await PlanAsync(wish with { ClaimFor = Lease("alive") });
        await Ledger.ReleaseAsync([taken], None);
        await PlanAsync(Plan("ada") with { DesiredAttributes = new JsonObject { ["title"] = "b" } });
        var stored = await GetAsync(taken.Id);
        Assert.Equal((true, """{"title":"a","locale":"en"}"""), (stored.Uncertain, stored.AppliedAttributes?.ToJsonString()));
    }

    private async Task MembersAsync(params string[] users)
    {
        foreach (var user in users)
        {
            await Ledger.CommitUserAsync(User(user), WriteKind.Insert, [], None);
            await ConvergedAsync(Plan(user), $"t-{user}");
        }
    }

    private async Task<Assignment> GroupAsync(WriteKind kind, params string[] members)
    {
        var plan = Plan("g1", type: ResourceType.Group) with { DesiredAttributes = Members(members) };
        return Assert.Single(await Ledger.CommitGroupAsync(Group("g1", members, kind == WriteKind.Insert ? 1 : 2), kind, true, [plan], None));
    }

    private static JsonObject Members(params string[] ids) => new() { ["members"] = new JsonArray([.. ids.Select(x => JsonValue.Create(x))]) };

    private static string MembersOf(Assignment assignment) =>
        string.Join(' ', PossibleAttributes.MembersOf(assignment.AppliedAttributes).Order(StringComparer.Ordinal));
}
