using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Core.Ledger;
using Provisioning.Core.Targets;
using Provisioning.Core.Users;
using Provisioning.Testing;

namespace Provisioning.Convergence.Tests;

public sealed class When_a_target_is_in_trouble : Rig
{
    [Theory]
    [InlineData(TargetFault.ThrottlesForSeconds, 7, 7.1)]
    [InlineData(TargetFault.ThrottlesUntilDate, 8, 9.1)]
    [InlineData(TargetFault.ThrottlesSilently, 5, 10.1)]
    [InlineData(TargetFault.ThrottlesUntilReset, 6, 6.1)]
    public async Task Should_rest_as_a_whole_for_as_long_as_it_is_asked_to(TargetFault fault, double least, double most)
    {
        foreach (var i in Enumerable.Range(0, 20))
            await PlanAsync($"u{i}");
        Target.Break("create", fault);
        Assert.InRange((await SettleAsync()).TotalSeconds, least, most);
        Assert.Equal(20, Target.Users.Count);
        foreach (var assignment in await Storage.Ledger.ListAssignmentsAsync(new AssignmentQuery(), None))
            Assert.Equal((AssignmentStatus.Done, 0), (assignment.Status, assignment.Attempts));
    }

    [Fact]
    public async Task Should_not_be_asked_by_everybody_when_it_is_down()
    {
        foreach (var i in Enumerable.Range(0, 200))
            await PlanAsync($"u{i}");
        for (var i = 0; i < 60; i++)
            Target.Break("create", TargetFault.Refuses);
        await SettleAsync();
        Assert.Equal(200, Target.Users.Count);
        Assert.Equal(260, Target.Requests.Count);

        // Ten in a row and those under way open the circuit; each probe after that is one request.
        var closed = (await Storage.Audit.ListAsync(1000, None)).Count(x => x.Action == "identity-provider-failing");
        Assert.Equal(1, closed);
    }

    [Fact]
    public async Task Should_ask_for_no_more_after_new_credentials_are_refused_too()
    {
        foreach (var i in Enumerable.Range(0, 50))
            await PlanAsync($"u{i}");
        for (var i = 0; i < 30; i++)
            Target.Break("create", TargetFault.RefusesCredentials);
        for (var i = 0; i < 40; i++)
            Target.Break("find", TargetFault.RefusesCredentials);
        await SettleAsync();
        Assert.Equal(50, Target.Users.Count);
        Assert.Single(await Storage.Audit.ListAsync(1000, None), x => x.Action == "identity-provider-unauthorized");
        Assert.All(await Storage.Ledger.ListAssignmentsAsync(new AssignmentQuery(), None), x => Assert.Equal((AssignmentStatus.Done, 0), (x.Status, x.Attempts)));
        Assert.True(Renewals > 0);
    }

    [Fact]
    public async Task Should_be_left_alone_while_an_operator_says_so()
    {
        await PlanAsync("ada");
        await Storage.Targets.SaveAsync(new TargetState("partner", TargetCondition.Paused, Start, Reason: "upgrade"), "ann", None);
        await SettleAsync();
        Assert.Empty(Target.Requests);
        Time.Advance(TimeSpan.FromSeconds(2));
        await Storage.Targets.SaveAsync(TargetState.Healthy("partner", Start), "ann", None);
        await SettleAsync();
        Assert.Single(Target.Users);
    }

    [Fact]
    public async Task Should_find_what_it_made_even_if_searches_lag_behind()
    {
        Target.RefusesNames = true;
        Target.Break("create", TargetFault.DropsAfter);
        Target.Hide(searches: 4);
        await PlanAsync("ada");
        await SettleAsync();
        Assert.Equal(1, Target.Made);
        Assert.Equal("t1", (await AssignmentAsync("ada")).AccountId);
    }

    [Fact]
    public async Task Should_undo_what_it_did_unheard_when_the_wish_changes_back()
    {
        await PlanAsync("ada", title: "a");
        await SettleAsync();
        Target.Break("change", TargetFault.DropsAfter);
        await PlanAsync("ada", title: "b");
        await DrainOnceAsync();
        Assert.Equal("b", Assert.Single(Target.Users)["title"]!.ToString());
        await PlanAsync("ada", title: "a");
        await SettleAsync();
        Assert.Equal("a", Assert.Single(Target.Users)["title"]!.ToString());
    }

    [Fact]
    public async Task Should_undo_what_a_host_did_that_died_in_the_call()
    {
        foreach (var user in (string[])["ada", "bob"])
        {
            await Storage.Ledger.CommitUserAsync(People.Known(user, user, null, Start), WriteKind.Insert, [], None);
            await PlanAsync(user);
        }

        await PlanGroupAsync(WriteKind.Insert, DesiredState.Present, "ada");
        await SettleAsync();
        await PlanGroupAsync(WriteKind.Update, DesiredState.Present, "ada", "bob");
        await Storage.Ledger.ClaimAsync("partner", 1, new Lease("dead", "dead", Time.GetUtcNow().AddMinutes(1)), Time.GetUtcNow(), None);
        var (team, bob) = (Assert.Single(Target.Groups)["id"]!.ToString(), (await AssignmentAsync("bob")).AccountId);
        Target.Change(team, new() { ["Operations"] = new JsonArray(new JsonObject { ["op"] = "add", ["path"] = "members", ["value"] = new JsonArray(new JsonObject { ["value"] = bob }) }) });
        await PlanGroupAsync(WriteKind.Update, DesiredState.Present, "ada");
        await SettleAsync();
        Assert.Equal((await AssignmentAsync("ada")).AccountId, Assert.Single(Assert.Single(Target.Groups)["members"]!.AsArray())!["value"]!.ToString());
    }

    [Fact]
    public async Task Should_serve_leavers_before_a_backlog()
    {
        await PlanAsync("leaver");
        await SettleAsync();
        Provider = Provider with { Limits = new() { Concurrency = 1 } };
        foreach (var i in Enumerable.Range(0, 100))
            await PlanAsync($"u{i}");
        await PlanAsync("leaver", DesiredState.Absent);
        await SettleAsync();
        Assert.StartsWith("DELETE", Target.Requests.ElementAt(1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_make_one_push_of_many_changes()
    {
        foreach (var title in (string[])["a", "b", "c", "d"])
            await PlanAsync("ada", title: title);
        await SettleAsync();
        Assert.Single(Target.Requests);
        Assert.Equal("d", Assert.Single(Target.Users)["title"]!.ToString());
    }

    [Fact]
    public async Task Should_park_what_is_refused_for_good_and_go_on_with_the_rest()
    {
        Provider = Provider with { Retry = Provider.Retry with { GiveUpAfter = TimeSpan.FromMinutes(1) } };
        await PlanAsync("ada");
        for (var i = 0; i < 40; i++)
            Target.Break("create", TargetFault.Refuses);
        await SettleAsync();
        var parked = await AssignmentAsync("ada");
        Assert.Equal((AssignmentStatus.Parked, FailureKind.Transient), (parked.Status, parked.LastFailure));
    }
}
