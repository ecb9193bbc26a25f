using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Core.Ledger;
using Provisioning.Core.Pipeline;
using Provisioning.Core.Users;
using Provisioning.Host.Replanning;
using Provisioning.Testing;

namespace Provisioning.Host.Tests;

/// <summary>
/// Nothing can be planned at an identity provider whose file is away. When it comes back, its accounts of people and groups who were deleted
/// meanwhile go as they would have gone then.
/// </summary>
public sealed class When_somebody_is_deleted_while_an_identity_provider_is_away : ReplanFixture
{
    private const string Deletes = """, "deprovision": { "action": "delete" }, "groups": [ "*" ], "guard": { "count": 1000 } """;

    [Theory]
    [InlineData("delete", DesiredState.Absent, AssignmentStatus.Pending, 60)]
    [InlineData("disable", DesiredState.Disabled, AssignmentStatus.Pending, 60)]
    [InlineData("keep", DesiredState.Present, AssignmentStatus.Done, 0)]
    public async Task Should_do_with_the_account_what_the_identity_provider_says(string action, DesiredState desired, AssignmentStatus status, int minutes)
    {
        await using var host = await WithAccountsAsync(["ada", "bob"], $$""", "deprovision": { "action": "{{action}}", "gracePeriod": "PT1H" } """);
        await AwayAsync(host, () => DeleteAsync(host, "ada"));
        var (ada, bob) = (await OfAsync("ada"), await OfAsync("bob"));
        Assert.Equal((desired, status, Time.GetUtcNow().AddMinutes(minutes)), (ada.Desired, ada.Status, ada.DueAt));
        Assert.Equal((DesiredState.Present, AssignmentStatus.Done), (bob.Desired, bob.Status));
        await AssertPlannedAgainWithoutAWriteAsync(host);
    }

    [Theory]
    [InlineData("delete", DesiredState.Absent, AssignmentStatus.Pending)]
    [InlineData("disable", DesiredState.Disabled, AssignmentStatus.Done)]
    [InlineData("keep", DesiredState.Disabled, AssignmentStatus.Done)]
    public async Task Should_do_the_same_with_who_was_inactive(string action, DesiredState desired, AssignmentStatus status)
    {
        await using var host = await WithAccountsAsync(["ada"], $$""", "deprovision": { "action": "{{action}}" } """);
        var ada = (await Storage.Users.FindUserAsync("ada", None))!;
        ada = People.Next(People.Saying(ada, new JsonObject { ["active"] = false }), 2);
        await host.Pipeline.SubmitAsync(ada, WriteKind.Update, new Occasion(Trigger.Inbound), None);
        await GiveAccountsAsync();
        await AwayAsync(host, () => DeleteAsync(host, "ada"));
        Assert.Equal((desired, status), await OfAsync("ada") is var stored ? (stored.Desired, stored.Status) : default);
        await AssertPlannedAgainWithoutAWriteAsync(host);
    }

    [Fact]
    public async Task Should_leave_a_protected_account_alone_and_say_so_once()
    {
        await using var host = await WithAccountsAsync(["root"], Deletes + """, "protectedAccounts": [ "root" ] """);
        await AwayAsync(host, () => DeleteAsync(host, "root"));
        var root = await OfAsync("root");
        Assert.Equal((DesiredState.Present, AssignmentStatus.Done), (root.Desired, root.Status));
        Assert.Contains("protected", root.Decision, StringComparison.Ordinal);
        await AssertPlannedAgainWithoutAWriteAsync(host);
    }

    [Fact]
    public async Task Should_delete_the_group()
    {
        await using var host = await WithAccountsAsync(["ada"], Deletes);
        await host.Groups.SubmitAsync(Staff("ada"), WriteKind.Insert, None);
        await GiveAccountsAsync();
        await AwayAsync(host, () => host.Groups.SubmitAsync(Staff("ada"), WriteKind.Delete, None));
        var stored = await OfAsync("g1", ResourceType.Group);
        Assert.Equal((DesiredState.Absent, AssignmentStatus.Pending), (stored.Desired, stored.Status));
        await AssertPlannedAgainWithoutAWriteAsync(host);
    }

    [Fact]
    public async Task Should_not_make_an_account_that_was_never_made()
    {
        await using var host = await PlannedAsync(["ada"], Deletes);
        await host.Groups.SubmitAsync(Staff(), WriteKind.Insert, None);
        await AwayAsync(host, () => Task.WhenAll(DeleteAsync(host, "ada"), host.Groups.SubmitAsync(Staff(), WriteKind.Delete, None)), then: false);
        Assert.Empty(await Storage.Ledger.ClaimAsync("target", 10, new Lease("drain", "drain", Time.GetUtcNow().AddMinutes(1)), Time.GetUtcNow(), None));
    }

    [Fact]
    public async Task Should_go_on_after_a_crash_in_the_middle()
    {
        string[] leavers = [.. Enumerable.Range(0, 120).Select(i => $"u{i:000}")];
        await using var host = await WithAccountsAsync(leavers, Deletes);
        await AwayAsync(host, () => DeleteAsync(host, leavers), then: false);
        host.Ledger.Reset();
        host.Ledger.FailAfter = 1;
        await Assert.ThrowsAsync<IOException>(() => host.Replanner.RunIfChangedAsync(None));
        host.Ledger.FailAfter = null;
        host.Ledger.Reset();
        await host.Replanner.RunIfChangedAsync(None);

        // Fifty were stored before.
        Assert.Equal(70, host.Ledger.Plans);
        Assert.Equal(leavers.Length, await LostAsync());
        await AssertPlannedAgainWithoutAWriteAsync(host);
    }

    [Fact]
    public async Task Should_go_on_behind_those_who_are_done()
    {
        await using var host = await WithAccountsAsync(["ada", "bob", "eve"], Deletes);
        await AwayAsync(host, () => DeleteAsync(host, "ada", "bob"), then: false);
        host.Ledger.BeforeCommit = () => throw new IOException("the host is gone");
        await Assert.ThrowsAsync<IOException>(() => host.Replanner.RunIfChangedAsync(None));
        string[] leavers = [(await OfAsync("ada")).Id, (await OfAsync("bob")).Id];
        Array.Sort(leavers, StringComparer.Ordinal);
        var noted = await ReplanProgress.LoadAsync(Storage.Settings, None);
        await (noted! with { AfterLeftBehind = leavers[0] }).SaveAsync(Storage.Settings, None);
        host.Ledger.Reset();
        await host.Replanner.RunIfChangedAsync(None);
        Assert.Equal((0, 1), (host.Ledger.Looks, host.Ledger.Plans));
        Assert.Equal(DesiredState.Absent, (await Storage.Ledger.FindAssignmentAsync(leavers[1], None))!.Desired);
    }

    [Fact]
    public async Task Should_ask_before_it_takes_many_accounts_away()
    {
        string[] leavers = [.. Enumerable.Range(0, 20).Select(i => $"u{i:000}")];
        await using var host = await WithAccountsAsync(leavers, "");
        await AwayAsync(host, () => DeleteAsync(host, leavers));
        var plan = host.Held.At("target")!;
        Assert.Equal((20, 20, 0), ((int)plan.Lost, (int)plan.All, await LostAsync()));
        Assert.Equal("the user was deleted", plan.Losses[0].Reason);
        await host.Held.PutAsync(plan with { State = HeldPlanState.Approved }, None);
        await host.Replanner.ForgetAsync(plan.Revision, None);
        await host.Replanner.RunIfChangedAsync(None);
        Assert.Equal(20, await LostAsync());
    }

    [Fact]
    public async Task Should_not_act_on_who_came_back_before_it_is_stored()
    {
        await using var host = await WithAccountsAsync(["ada", "bob"], Deletes);
        await AwayAsync(host, () => DeleteAsync(host, "ada", "bob"), then: false);
        host.Ledger.BeforeCommit = () => InsertAsync("ada").GetAwaiter().GetResult();
        await host.Replanner.RunIfChangedAsync(None);
        Assert.Equal((DesiredState.Present, DesiredState.Absent), ((await OfAsync("ada")).Desired, (await OfAsync("bob")).Desired));
    }

    [Fact]
    public async Task Should_withdraw_what_is_planned_while_the_user_is_deleted()
    {
        await using var host = new ReplanRig(Storage, Time, Names, Deletes);
        await InsertAsync("ada");
        var ada = (await Storage.Users.FindUserAsync("ada", None))!;
        var plans = await host.Pipeline.PlanAgainAsync(ada, new Occasion(Trigger.Inbound), None);
        host.Ledger.BeforeCommit = () => Storage.Ledger.CommitPlansAsync([.. plans.Select(x => x.Assignment)], None).GetAwaiter().GetResult();
        await host.Pipeline.SubmitAsync(ada, WriteKind.Delete, new Occasion(Trigger.Inbound), None);
        var stored = await OfAsync("ada");
        Assert.Equal((DesiredState.Absent, AssignmentStatus.Done), (stored.Desired, stored.Status));
    }

    [Fact]
    public async Task Should_withdraw_what_is_planned_while_the_group_is_deleted()
    {
        await using var host = new ReplanRig(Storage, Time, Names, "");
        await host.Groups.SubmitAsync(Staff(), WriteKind.Insert, None);
        await using var configured = new ReplanRig(Storage, Time, Names, Deletes);
        host.Ledger.BeforeCommit = () => configured.Replanner.RunIfChangedAsync(None).GetAwaiter().GetResult();
        await host.Groups.SubmitAsync(Staff(), WriteKind.Delete, None);
        var stored = await OfAsync("g1", ResourceType.Group);
        Assert.Equal((DesiredState.Absent, AssignmentStatus.Done), (stored.Desired, stored.Status));
    }

    private Group Staff(params string[] members) =>
        new("g1", "staff", new JsonObject { ["displayName"] = "staff" }, members, "portal", 1, Time.GetUtcNow(), Time.GetUtcNow());

    private async Task AwayAsync(ReplanRig host, Func<Task> meanwhile, bool then = true)
    {
        await host.TakeAwayAsync();
        await host.Replanner.RunIfChangedAsync(None);
        await meanwhile();
        await host.PutBackAsync(Names);
        if (then)
            await host.Replanner.RunIfChangedAsync(None);
    }

    private static async Task AssertPlannedAgainWithoutAWriteAsync(ReplanRig host)
    {
        host.Ledger.Reset();
        host.Configure("  " + Names);
        await host.Replanner.RunIfChangedAsync(None);
        Assert.Equal(0, host.Ledger.Commits);
    }

    private async Task DeleteAsync(ReplanRig host, params string[] names)
    {
        foreach (var name in names)
            await host.Pipeline.SubmitAsync((await Storage.Users.FindUserAsync(name, None))!, WriteKind.Delete, new Occasion(Trigger.Inbound), None);
    }

    private async Task InsertAsync(string name) => await Storage.Ledger.CommitUserAsync(
        People.Known(name, name, new JsonObject { ["userName"] = name }, Time.GetUtcNow()), WriteKind.Insert, [], None);

    private async Task<ReplanRig> WithAccountsAsync(IEnumerable<string> names, string settings)
    {
        var host = await PlannedAsync(names, settings);
        await GiveAccountsAsync();
        return host;
    }

    private async Task<ReplanRig> PlannedAsync(IEnumerable<string> names, string settings)
    {
        foreach (var name in names)
            await InsertAsync(name);
        var host = new ReplanRig(Storage, Time, Names, settings);
        await host.Replanner.RunIfChangedAsync(None);
        return host;
    }

    private async Task<Assignment> OfAsync(string id, ResourceType type = ResourceType.User) =>
        Assert.Single(await Storage.Ledger.AssignmentsOfAsync(type, id, None));

    private async Task<int> LostAsync() =>
        (await Storage.Ledger.ListAssignmentsAsync(new AssignmentQuery(Max: 1000), None)).Count(x => x.Desired != DesiredState.Present);
}
