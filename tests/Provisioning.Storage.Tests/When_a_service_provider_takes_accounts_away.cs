using Provisioning.Core.Ledger;

namespace Provisioning.Storage.Tests;

public abstract class When_a_service_provider_takes_accounts_away(Backend backend) : Fixture(backend)
{
    public sealed class On_SQLite() : When_a_service_provider_takes_accounts_away(Backend.SQLite);

    public sealed class On_PostgreSQL() : When_a_service_provider_takes_accounts_away(Backend.PostgreSQL);

    [Fact]
    public async Task Should_hold_what_is_more_than_the_guard_allows_in_its_window()
    {
        await GiveAsync(6);
        for (var i = 0; i < 3; i++)
            Assert.Equal(DesiredState.Absent, (await TakeAsync(i)).Desired);
        var held = await TakeAsync(3);
        Assert.Equal((DesiredState.Present, true, AssignmentStatus.Done), (held.Desired, held.Held, held.Status));
        Assert.Equal(1, (await Ledger.CountHeldAsync(None))["ldap"]);

        // The window passes: what waits goes on waiting, and new withdrawals go.
        Time.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(DesiredState.Absent, (await TakeAsync(4)).Desired);
        Assert.True((await TakeAsync(3)).Held);
    }

    [Fact]
    public async Task Should_count_each_service_provider_by_itself()
    {
        await GiveAsync(6);
        for (var i = 0; i < 4; i++)
            await TakeAsync(i);
        Assert.Equal(DesiredState.Absent, (await TakeAsync(4, "other")).Desired);
    }

    [Fact]
    public async Task Should_hold_all_of_one_change_that_takes_too_many()
    {
        await GiveAsync(6);
        var taken = await Ledger.CommitPlansAsync([.. Enumerable.Range(0, 5).Select(x => Taking(x))], None);
        Assert.All(taken, x => Assert.True(x is { Held: true, Desired: DesiredState.Present }));
    }

    [Fact]
    public async Task Should_count_requests_that_come_at_the_same_moment_together()
    {
        await GiveAsync(20);
        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(x => TakeAsync(x)));
        Assert.Equal(3, taken.Count(x => x.Desired == DesiredState.Absent));
    }

    [Fact]
    public async Task Should_let_other_changes_reach_the_account_while_the_withdrawal_waits()
    {
        await GiveAsync(5);
        for (var i = 0; i < 4; i++)
            await TakeAsync(i);
        var kept = Plan("u3", name: "New") with { Held = true };
        var changed = await PlanAsync(Taking(3) with { Guard = Guard() with { IfHeld = kept } });
        Assert.Equal((DesiredState.Present, true, AssignmentStatus.Pending, "New"), (changed.Desired, changed.Held, changed.Status, changed.DesiredAttributes!["name"]!.ToString()));

        // Whoever gives the account back ends the waiting.
        Assert.False((await PlanAsync(Plan("u3", name: "New"))).Held);
        Assert.Empty(await Ledger.CountHeldAsync(None));
    }

    [Fact]
    public async Task Should_carry_out_what_was_approved()
    {
        await GiveAsync(5);
        for (var i = 0; i < 4; i++)
            await TakeAsync(i);
        Assert.True((await PlanAsync(Taking(3) with { Guard = null })).Held);
        var gone = await PlanAsync(Taking(3) with { Guard = null, Approved = true });
        Assert.Equal((DesiredState.Absent, false), (gone.Desired, gone.Held));
    }

    private async Task GiveAsync(int count)
    {
        for (var i = 0; i < count; i++)
            await ConvergedAsync(Plan($"u{i}"));
    }

    private Task<Assignment> TakeAsync(int user, string serviceProvider = "portal") => PlanAsync(Taking(user, serviceProvider));

    private AssignmentPlan Taking(int user, string serviceProvider = "portal") =>
        Plan($"u{user}", desired: DesiredState.Absent) with { Guard = Guard() with { ServiceProvider = serviceProvider } };

    private WithdrawalGuard Guard() => new("portal", Time.GetUtcNow() - TimeSpan.FromHours(1), 3, null);
}
