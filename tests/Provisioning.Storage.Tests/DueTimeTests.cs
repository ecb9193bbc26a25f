using Provisioning.Core.Configuration;
using Provisioning.Core.Ledger;
using Provisioning.Core.Targets;

namespace Provisioning.Storage.Tests;

/// <summary>The clock was ahead by hours, and was set right.</summary>
public abstract class DueTimeTests(Backend backend) : Fixture(backend)
{
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(3);
    private static readonly TimeSpan Grace = TimeSpan.FromDays(7);

    private static readonly IdentityProvider Ldap = new() { Name = "ldap", Connector = "c", Deprovision = new DeprovisionSettings { GracePeriod = Grace } };

    public sealed class On_SQLite() : DueTimeTests(Backend.SQLite)
    {
        [Fact]
        public async Task When_the_host_with_a_lease_is_gone_Should_wait_for_the_lease_and_not_for_the_old_time()
        {
            Time.Advance(Ahead);
            await Storage.Leases.TryTakeAsync("replan", "dead", TimeSpan.FromMinutes(1), None);
            Time.AdjustTime(Start);
            Assert.False(await Storage.Leases.TryTakeAsync("replan", "b", TimeSpan.FromMinutes(1), None));
            Time.Advance(TimeSpan.FromMinutes(1));
            Assert.True(await Storage.Leases.TryTakeAsync("replan", "b", TimeSpan.FromMinutes(1), None));
        }

        [Fact]
        public async Task When_a_host_that_beat_by_the_old_time_is_dead_Should_take_it_for_dead_in_half_a_minute()
        {
            Time.Advance(Ahead);
            await Storage.Nodes.BeatAsync(new Node("dead", Start, "1", "c", "p"), None);
            await PlanAsync(Plan("u1"));
            await ClaimAsync("dead/1");
            Time.AdjustTime(Start);
            Assert.Equal(0, await Storage.Nodes.BeatAsync(new Node("b", Start, "1", "c", "p"), None));
            Time.Advance(NodeStatus.Lifetime + TimeSpan.FromSeconds(1));
            Assert.Equal(1, await Storage.Nodes.BeatAsync(new Node("b", Start, "1", "c", "p"), None));
        }
    }

    public sealed class On_PostgreSQL() : DueTimeTests(Backend.PostgreSQL);

    [Fact]
    public async Task When_work_failed_by_the_old_time_Should_be_due_now()
    {
        Time.Advance(Ahead);
        await FailAsync("u1");
        await PlanAsync(Plan("u2", due: Time.GetUtcNow()));
        Time.AdjustTime(Start);
        Assert.Empty(await ClaimAsync("a/1"));

        Assert.Equal(2, await Storage.DueTimes.BringForwardAsync(Ldap, None));
        Assert.Equal(["u1", "u2"], (await ClaimAsync("a/1")).Select(x => x.ResourceId).Order());
        Assert.Equal(0, await Storage.DueTimes.BringForwardAsync(Ldap, None));
    }

    [Fact]
    public async Task When_somebody_left_by_the_old_time_Should_keep_the_account_for_the_grace_period_and_no_longer()
    {
        var account = await ConvergedAsync(Plan("u1"));
        Time.Advance(Ahead);
        await PlanAsync(Plan("u1", desired: DesiredState.Absent, due: Time.GetUtcNow() + Grace));
        Time.AdjustTime(Start);
        Assert.Equal(1, await Storage.DueTimes.BringForwardAsync(Ldap, None));
        Assert.Equal(Start + Grace, (await GetAsync(account.Id)).DueAt);
    }

    [Fact]
    public async Task When_the_clock_was_right_Should_leave_what_lies_ahead_where_it_is()
    {
        await ConvergedAsync(Plan("u1"));
        await PlanAsync(Plan("u1", desired: DesiredState.Absent, due: Start + Grace));

        // A target asked for two hours, which is longer than any delay of the settings.
        var planned = await PlanAsync(Plan("u2") with { ClaimFor = Lease("w") });
        Assert.True(await Ledger.RecordAsync(Failed(planned, "w") with { DueAt = Start.AddHours(2) }, None));
        await Storage.Targets.SaveAsync(new TargetState("ldap", TargetCondition.Throttled, Start, Start.AddHours(20), "later"), null, None);
        Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(0, await Storage.DueTimes.BringForwardAsync(Ldap, None));
        Assert.Equal(Start.AddHours(2), (await GetAsync(planned.Id)).DueAt);
        Assert.Equal(Start.AddHours(20), (await Storage.Targets.FindAsync("ldap", None))!.Until);
    }

    [Fact]
    public async Task When_a_target_was_closed_by_the_old_time_Should_be_probed_now_and_stay_paused_where_somebody_paused_it()
    {
        Time.Advance(Ahead);
        await Storage.Targets.SaveAsync(new TargetState("ldap", TargetCondition.Failing, Time.GetUtcNow(), Time.GetUtcNow().AddMinutes(1), "no route"), null, None);
        await Storage.Targets.SaveAsync(new TargetState("hr", TargetCondition.Paused, Time.GetUtcNow(), Reason: "by hand"), "ada", None);
        Time.AdjustTime(Start);
        await Storage.DueTimes.BringForwardAsync(Ldap, None);
        await Storage.DueTimes.BringForwardAsync(Ldap with { Name = "hr" }, None);
        Assert.True((await Storage.Targets.FindAsync("ldap", None))!.IsHalfOpen(Start));
        Assert.True((await Storage.Targets.FindAsync("hr", None))!.IsClosed(Start));
    }

    [Fact]
    public async Task When_hosts_beat_Should_count_all_of_them()
    {
        Assert.Equal(0, await Storage.Beats.ReadAsync(None));
        Assert.Equal(12, (await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Storage.Beats.AdvanceAsync(None)))).Max());
        Assert.Equal(12, await Storage.Beats.ReadAsync(None));
    }

    private async Task FailAsync(string resource)
    {
        var planned = await PlanAsync(Plan(resource, due: Time.GetUtcNow()) with { ClaimFor = Lease("w") });
        Assert.True(await Ledger.RecordAsync(Failed(planned, "w"), None));
    }
}
