using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Core.Ledger;
using Provisioning.Core.Pipeline;
using Provisioning.Core.Users;
using Provisioning.Host.Replanning;
using Provisioning.Testing;

namespace Provisioning.Host.Tests;

/// <summary>Engineers have an account from nine to five, and everybody with the title "guest" until the fifteenth.</summary>
public sealed class When_time_passes : ReplanFixture
{
    private const string Types = "http://www.w3.org/2001/XMLSchema#";
    private const string Function = "urn:oasis:names:tc:xacml:1.0:function:";

    private static readonly string Policy = $"""
        <Policy xmlns="urn:oasis:names:tc:xacml:3.0:core:schema:wd-17" PolicyId="p" Version="1.0" RuleCombiningAlgId="urn:oasis:names:tc:xacml:3.0:rule-combining-algorithm:permit-overrides">
          <Target/>
          <Rule RuleId="hours" Effect="Permit">{Titled("engineer")}<Condition>
            <Apply FunctionId="urn:oasis:names:tc:xacml:2.0:function:time-in-range">{Clock("time")}{Value("time", "09:00:00")}{Value("time", "17:00:00")}</Apply>
          </Condition></Rule>
          <Rule RuleId="guests" Effect="Permit">{Titled("guest")}<Condition>
            <Apply FunctionId="{Function}dateTime-less-than">{Clock("dateTime")}{Value("dateTime", "2026-01-15T00:00:00Z")}</Apply>
          </Condition></Rule>
          <Rule RuleId="staff" Effect="Permit">{Titled("clerk")}</Rule>
        </Policy>
        """;

    [Fact]
    public async Task Should_give_the_account_when_the_window_opens_and_decide_about_nobody_else()
    {
        await using var host = Host();
        await RegisterAsync(host, "engineer", 1);
        await RegisterAsync(host, "clerk", 3);
        Assert.Null(await StateAsync("engineer0"));

        await AtAsync(host, new(2026, 1, 5, 8, 59, 59, TimeSpan.Zero));
        host.Ledger.Reset();
        await host.Due.RunAsync(None);
        Assert.Equal((0, 0), (host.Ledger.Looks, host.Ledger.Commits));

        await AtAsync(host, new(2026, 1, 5, 9, 0, 1, TimeSpan.Zero));
        Assert.Equal(DesiredState.Present, await StateAsync("engineer0"));
        Assert.Equal((1, 1), (host.Ledger.Looks, host.Ledger.Plans));
        await host.Due.RunAsync(None);
        Assert.Equal(1, host.Ledger.Looks);
    }

    [Fact]
    public async Task Should_take_the_account_when_the_window_closes_and_give_it_back()
    {
        await using var host = Host();
        await RegisterAsync(host, "engineer", 1);
        for (var day = 5; day < 8; day++)
        {
            await AtAsync(host, new(2026, 1, day, 9, 0, 1, TimeSpan.Zero));
            await GiveAccountsAsync();
            await AtAsync(host, new(2026, 1, day, 17, 0, 0, TimeSpan.Zero));
            Assert.Equal(DesiredState.Present, await StateAsync("engineer0"));
            await AtAsync(host, new(2026, 1, day, 17, 0, 1, TimeSpan.Zero));
            Assert.Equal(DesiredState.Disabled, await StateAsync("engineer0"));
            await GiveAccountsAsync();
        }
    }

    [Fact]
    public async Task Should_make_up_for_it_when_no_host_ran_or_the_clock_went_forward()
    {
        await using (var host = Host())
        {
            await RegisterAsync(host, "engineer", 1);
            await RegisterAsync(host, "guest", 1);
            await GiveAccountsAsync();
        }

        await using var next = Host();
        await AtAsync(next, new(2026, 1, 20, 11, 0, 0, TimeSpan.Zero));
        Assert.Equal((DesiredState.Present, DesiredState.Disabled), (await StateAsync("engineer0"), await StateAsync("guest0")));
        Assert.Empty(await Storage.Users.ListDueAsync(Time.GetUtcNow(), null, 10, None));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_decide_about_everybody_again_when_the_clock_is_set_back(bool restarts)
    {
        await using var first = Host();
        await first.Replanner.RunIfChangedAsync(None);
        await RegisterAsync(first, "guest", 1);
        await GiveAccountsAsync();
        await AtAsync(first, new(2026, 1, 15, 0, 0, 1, TimeSpan.Zero));
        Assert.Equal(DesiredState.Disabled, await StateAsync("guest0"));

        // For ever, as the policy has it.
        await first.Replanner.RunIfChangedAsync(None);
        Assert.Equal(DesiredState.Disabled, await StateAsync("guest0"));
        await using var second = Host();
        var host = restarts ? second : first;
        Time.AdjustTime(new(2026, 1, 14, 12, 0, 0, TimeSpan.Zero));
        await host.Due.RunAsync(None);
        await host.Replanner.RunIfChangedAsync(None);
        Assert.Equal(DesiredState.Present, await StateAsync("guest0"));

        // And when the moment comes once more.
        await AtAsync(host, new(2026, 1, 15, 0, 0, 1, TimeSpan.Zero));
        Assert.Equal(DesiredState.Disabled, await StateAsync("guest0"));
    }

    [Fact]
    public async Task Should_be_decided_on_one_host_at_a_time_and_by_another_when_that_one_is_gone()
    {
        await using var host = Host();
        await RegisterAsync(host, "engineer", 1);
        Assert.True(await Storage.Leases.TryTakeAsync("clock", "another host", TimeSpan.FromHours(3), None));
        await AtAsync(host, new(2026, 1, 5, 9, 0, 1, TimeSpan.Zero));
        Assert.Null(await StateAsync("engineer0"));
        await AtAsync(host, new(2026, 1, 5, 11, 0, 1, TimeSpan.Zero));
        Assert.Equal(DesiredState.Present, await StateAsync("engineer0"));
    }

    [Fact]
    public async Task Should_be_decided_once_by_several_hosts()
    {
        await using var one = Host();
        await using var other = Host();
        await RegisterAsync(one, "engineer", 120);
        Time.SetUtcNow(new(2026, 1, 5, 9, 0, 1, TimeSpan.Zero));
        await Task.WhenAll(one.Due.RunAsync(None), other.Due.RunAsync(None));
        await one.Due.RunAsync(None);
        Assert.Equal(120, one.Ledger.Plans + other.Ledger.Plans);
        Assert.Equal(120, (await Storage.Ledger.CountAsync(None)).Sum(x => x.Count));
    }

    [Fact]
    public async Task Should_stay_due_when_the_host_dies_in_between()
    {
        await using var host = Host();
        await RegisterAsync(host, "engineer", 60);
        host.Ledger.Reset();
        host.Ledger.FailAfter = 1;
        await Assert.ThrowsAsync<IOException>(() => AtAsync(host, new(2026, 1, 5, 9, 0, 1, TimeSpan.Zero)));
        Assert.Equal(50, (await Storage.Ledger.CountAsync(None)).Sum(x => x.Count));
        host.Ledger.FailAfter = null;
        await host.Due.RunAsync(None);
        Assert.Equal((60, 60), (host.Ledger.Plans, (await Storage.Ledger.CountAsync(None)).Sum(x => x.Count)));
    }

    [Fact]
    public async Task Should_hold_what_is_more_than_the_guard_lets_go_until_somebody_says_so()
    {
        await using var host = Host();
        await host.Replanner.RunIfChangedAsync(None);
        await RegisterAsync(host, "guest", 30);
        await GiveAccountsAsync();
        await AtAsync(host, new(2026, 1, 15, 0, 0, 1, TimeSpan.Zero));
        var plan = Assert.Single(host.Held.All);
        Assert.Equal((30L, 30L, HeldPlanState.Held, host.Replanner.Revision), (plan.Lost, plan.All, plan.State, plan.Revision));
        Assert.Equal(30, await CountAsync(DesiredState.Present));

        // Nobody is looked at again, and the next update of one of them takes nothing either.
        host.Ledger.Reset();
        await AtAsync(host, new(2026, 1, 15, 0, 1, 1, TimeSpan.Zero));
        Assert.Equal(0, host.Ledger.Looks);
        await host.Pipeline.DecideAsync((await Storage.Users.FindUserAsync("guest7", None))!, new Occasion(Trigger.Inbound), None);
        Assert.Equal(30, await CountAsync(DesiredState.Present));

        await host.Held.PutAsync(plan with { State = HeldPlanState.Approved }, None);
        await host.Replanner.ForgetAsync(plan.Revision, None);
        await host.Replanner.RunIfChangedAsync(None);
        Assert.Equal(30, await CountAsync(DesiredState.Disabled));
        Assert.Empty(host.Held.All);
    }

    [Fact]
    public async Task Should_let_few_go_beside_what_is_held()
    {
        await using var host = Host();
        await RegisterAsync(host, "guest", 30);
        await RegisterAsync(host, "engineer", 1);
        await GiveAccountsAsync();
        await AtAsync(host, new(2026, 1, 15, 0, 0, 1, TimeSpan.Zero));
        await AtAsync(host, new(2026, 1, 15, 9, 0, 1, TimeSpan.Zero));
        await GiveAccountsAsync();
        await AtAsync(host, new(2026, 1, 15, 17, 0, 1, TimeSpan.Zero));
        Assert.Equal((DesiredState.Disabled, 30), (await StateAsync("engineer0"), await CountAsync(DesiredState.Present)));
        Assert.Equal(30, Assert.Single(host.Held.All).Lost);
    }

    [Fact]
    public async Task Should_hold_nothing_where_the_guard_does_not_count_what_time_takes()
    {
        await using var host = Host(""", "guard": { "time": false }""");
        await RegisterAsync(host, "guest", 30);
        await GiveAccountsAsync();
        await AtAsync(host, new(2026, 1, 15, 0, 0, 1, TimeSpan.Zero));
        Assert.Empty(host.Held.All);
        Assert.Equal(30, await CountAsync(DesiredState.Disabled));
    }

    [Fact]
    public async Task Should_know_the_moment_of_everybody_when_policies_change()
    {
        await using (var before = new ReplanRig(Storage, Time, Names))
        {
            await before.Replanner.RunIfChangedAsync(None);
            await RegisterAsync(before, "clerk", 2);
            await RegisterAsync(before, "engineer", 2);
        }

        await using var host = Host();
        await host.Replanner.RunIfChangedAsync(None);
        Assert.Equal(["engineer0", "engineer1"], (await Storage.Users.ListDueAsync(new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero), null, 10, None)).Select(x => x.Id));
    }

    private ReplanRig Host(string settings = "") => new(Storage, Time, Names, settings, Policy);

    private async Task AtAsync(ReplanRig host, DateTimeOffset now)
    {
        Time.SetUtcNow(now);
        await host.Due.RunAsync(None);
    }

    private async Task RegisterAsync(ReplanRig host, string title, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var name = $"{title}{i}";
            var user = People.Known(name, name, new JsonObject { ["userName"] = name, ["title"] = title }, Time.GetUtcNow());
            await host.Pipeline.SubmitAsync(user, WriteKind.Insert, new Occasion(Trigger.Inbound), None);
        }

        host.Ledger.Reset();
    }

    private async Task<DesiredState?> StateAsync(string user) =>
        (await Storage.Ledger.AssignmentsOfAsync(ResourceType.User, user, None)).SingleOrDefault()?.Desired;

    private async Task<int> CountAsync(DesiredState desired) =>
        (await Storage.Ledger.ListAssignmentsAsync(new AssignmentQuery { Max = 1000 }, None)).Count(x => x.Desired == desired);

    private static string Titled(string title) => $"""
        <Target><AnyOf><AllOf><Match MatchId="{Function}string-equal">{Value("string", title)}
        <AttributeDesignator Category="urn:provisioning:user" AttributeId="urn:provisioning:user:title" DataType="{Types}string" MustBePresent="false"/>
        </Match></AllOf></AnyOf></Target>
        """;

    private static string Value(string type, string text) => $"""<AttributeValue DataType="{Types}{type}">{text}</AttributeValue>""";

    private static string Clock(string part) => $"""
        <Apply FunctionId="{Function}{part}-one-and-only"><AttributeDesignator Category="urn:oasis:names:tc:xacml:3.0:attribute-category:environment"
          AttributeId="urn:oasis:names:tc:xacml:1.0:environment:current-{part}" DataType="{Types}{part}" MustBePresent="true"/></Apply>
        """;
}
