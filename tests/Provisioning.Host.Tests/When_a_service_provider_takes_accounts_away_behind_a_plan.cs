using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Core.Ledger;
using Provisioning.Core.Users;
using Provisioning.Host.Replanning;
using Provisioning.Testing;

namespace Provisioning.Host.Tests;

/// <summary>A change would take accounts away, and somebody said something to that. Meanwhile a service provider takes others away, too fast.</summary>
public sealed class When_a_service_provider_takes_accounts_away_behind_a_plan : ReplanFixture
{
    private ReplanRig _host = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _host = new ReplanRig(Storage, Time, Names);
        await _host.Replanner.RunIfChangedAsync(None);
        foreach (var name in (string[])["ada", "bob", "eve"])
            await Storage.Ledger.CommitUserAsync(
                People.Known(name, name, new JsonObject { ["userName"] = name }, Time.GetUtcNow()), WriteKind.Insert, [Plan(name)], None);
        await GiveAccountsAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Should_show_them_with_those_that_were_rejected()
    {
        await SayAsync(HeldPlanState.Rejected);
        await TakeAwayAsync("bob");
        var plan = await LookAsync();
        Assert.Equal((HeldPlanState.Held, 2L), (plan.State, plan.Lost));
        Assert.Equal(["bob", "ada"], plan.Losses.Select(x => x.ResourceId));
        Assert.Equal(plan.Id, (await LookAsync()).Id);
    }

    [Fact]
    public async Task Should_count_an_account_once_that_both_would_take()
    {
        await SayAsync(HeldPlanState.Rejected);
        await TakeAwayAsync("bob");
        await TakeAwayAsync("ada");
        Assert.Equal(2, (await LookAsync()).Lost);
    }

    [Fact]
    public async Task Should_ask_no_more_when_they_are_rejected_too_until_others_come()
    {
        await SayAsync(HeldPlanState.Rejected);
        await TakeAwayAsync("bob");
        await _host.Held.PutAsync(await LookAsync() with { State = HeldPlanState.Rejected }, None);
        Assert.Equal(HeldPlanState.Rejected, (await LookAsync()).State);

        await TakeAwayAsync("eve");
        var plan = await LookAsync();
        Assert.Equal((HeldPlanState.Held, 3L), (plan.State, plan.Lost));
    }

    [Fact]
    public async Task Should_keep_what_was_rejected_when_they_are_given_back()
    {
        await SayAsync(HeldPlanState.Rejected);
        await TakeAwayAsync("bob");
        await LookAsync();
        await Storage.Ledger.CommitPlansAsync([Plan("bob")], None);
        Assert.Contains((await LookAsync()).Losses, x => x.ResourceId == "ada");
    }

    [Fact]
    public async Task Should_show_who_is_taken_away_for_one_who_is_given_back()
    {
        await TakeAwayAsync("bob");
        await _host.Held.PutAsync(await LookAsync() with { State = HeldPlanState.Rejected }, None);
        await Storage.Ledger.CommitPlansAsync([Plan("bob")], None);
        await TakeAwayAsync("eve");
        var plan = await LookAsync();
        Assert.Equal((HeldPlanState.Held, "eve"), (plan.State, Assert.Single(plan.Losses).ResourceId));
    }

    [Fact]
    public async Task Should_stay_rejected_when_one_of_them_is_given_back()
    {
        await TakeAwayAsync("bob");
        await TakeAwayAsync("eve");
        await _host.Held.PutAsync(await LookAsync() with { State = HeldPlanState.Rejected }, None);
        await Storage.Ledger.CommitPlansAsync([Plan("bob")], None);
        var plan = await LookAsync();
        Assert.Equal((HeldPlanState.Rejected, 1L), (plan.State, plan.Lost));
    }

    [Fact]
    public async Task Should_not_undo_an_approval_that_comes_at_that_moment()
    {
        await TakeAwayAsync("bob");
        await LookAsync();
        await TakeAwayAsync("eve");
        await using var other = new ReplanRig(Storage, Time, Names);
        await other.Held.RefreshAsync(None);

        // The first list is a look whether there is something to do. The second one is made into a plan.
        _host.Ledger.AtHeld = () => _host.Ledger.AtHeld = () =>
            Assert.True(other.Held.PutAsync(Assert.Single(other.Held.All) with { State = HeldPlanState.Approved }, None).GetAwaiter().GetResult());
        Assert.Equal(HeldPlanState.Approved, (await LookAsync()).State);
    }

    [Fact]
    public async Task Should_leave_it_to_the_host_that_plans_everybody()
    {
        await TakeAwayAsync("bob");
        Assert.True(await Storage.Leases.TryTakeAsync("replan", "other", TimeSpan.FromMinutes(1), None));
        await _host.Replanner.RunIfChangedAsync(None);
        Assert.Empty(_host.Held.All);

        await Storage.Leases.ReleaseAsync("replan", "other", None);
        Assert.Equal(1, (await LookAsync()).Lost);
    }

    [Theory]
    [InlineData((int)HeldPlanState.Held)]
    [InlineData((int)HeldPlanState.Approved)]
    public async Task Should_leave_a_plan_alone_that_waits_or_is_carried_out(int state)
    {
        await SayAsync((HeldPlanState)state);
        await TakeAwayAsync("bob");
        var plan = await LookAsync();
        Assert.Equal(("change", (HeldPlanState)state, 1L), (plan.Id, plan.State, plan.Lost));
    }

    private async Task SayAsync(HeldPlanState state) => await _host.Held.PutAsync(
        new HeldPlan("change", "target", _host.Replanner.Revision, Time.GetUtcNow(), 1, 3, state, [new HeldLoss("ada", "ada", "absent", "no rule")]), None);

    private async Task TakeAwayAsync(string user) => await Storage.Ledger.CommitPlansAsync(
        [Plan(user) with { Desired = DesiredState.Absent, DesiredAttributes = null, Guard = new WithdrawalGuard("portal", Time.GetUtcNow(), 0, null) }], None);

    private async Task<HeldPlan> LookAsync()
    {
        await _host.Replanner.RunIfChangedAsync(None);
        return Assert.Single(_host.Held.All);
    }

    private AssignmentPlan Plan(string user) => new(
        "target", ResourceType.User, user, user, "portal", DesiredState.Present, new JsonObject { ["userName"] = user }, Time.GetUtcNow(), """{"assigned":true,"reason":""}""");
}
