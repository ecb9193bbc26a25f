using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Core.Ledger;
using Provisioning.Core.Mapping;

namespace Provisioning.Storage.Tests;

/// <summary>The file of an identity provider is taken away and put back.</summary>
public abstract class DetachmentTests(Backend backend) : Fixture(backend)
{
    public sealed class On_SQLite() : DetachmentTests(Backend.SQLite);

    public sealed class On_PostgreSQL() : DetachmentTests(Backend.PostgreSQL);

    [Fact]
    public async Task When_it_comes_back_Should_have_everybody_as_before()
    {
        var ids = await OneOfEachAsync();
        var before = await StatesAsync(ids);
        await Ledger.AttachAsync([], Start, None);
        Assert.All(await StatesAsync(ids), x => Assert.Equal(AssignmentStatus.Detached, x.Status));
        await Ledger.AttachAsync([], Start, None);
        await Ledger.AttachAsync(["ldap"], Start, None);
        Assert.Equal(before, await StatesAsync(ids));
        Assert.Equal(["pending"], (await ClaimAsync("w")).Select(x => x.ResourceId));
    }

    [Fact]
    public async Task When_everybody_is_planned_before_it_is_attached_Should_have_everybody_as_before()
    {
        var ids = await OneOfEachAsync();
        var before = await StatesAsync(ids);
        await Ledger.AttachAsync([], Start, None);
        foreach (var user in (string[])["pending", "done", "parked", "discarded"])
            await PlanAsync(Plan(user));
        Assert.Equal(before, await StatesAsync(ids));
        await Ledger.AttachAsync(["ldap"], Start, None);
        Assert.Equal(before, await StatesAsync(ids));
    }

    [Fact]
    public async Task When_something_else_is_desired_meanwhile_Should_be_pending()
    {
        var ids = await OneOfEachAsync();
        await Ledger.AttachAsync([], Start, None);
        foreach (var user in (string[])["pending", "done", "parked", "discarded"])
            await PlanAsync(Plan(user, name: "B"));
        await Ledger.AttachAsync(["ldap"], Start, None);
        Assert.All(await StatesAsync(ids), x => Assert.Equal(AssignmentStatus.Pending, x.Status));
    }

    [Fact]
    public async Task When_a_manager_gets_an_account_meanwhile_Should_follow_when_it_comes_back()
    {
        var report = await ConvergedAsync(Plan("report") with { DesiredAttributes = new JsonObject { ["manager"] = AccountReference.To("boss") } });
        await Ledger.CommitUserAsync(User("boss"), WriteKind.Insert, [], None);
        await Ledger.CommitGroupAsync(Group("g1", ["boss"]), WriteKind.Insert, true, [], None);
        var group = await ConvergedAsync(Plan("g1", type: ResourceType.Group));
        var boss = await PlanAsync(Plan("boss") with { ClaimFor = Lease("w") });
        await Ledger.AttachAsync([], Start, None);
        Assert.True(await Ledger.RecordAsync(Done(boss, "w"), None));
        Assert.All(await StatesAsync([report.Id, group.Id, boss.Id]), x => Assert.Equal(AssignmentStatus.Detached, x.Status));
        await Ledger.AttachAsync(["ldap"], Start, None);
        Assert.All(await StatesAsync([report.Id, group.Id]), x => Assert.Equal((AssignmentStatus.Pending, Start), (x.Status, x.DueAt)));
        Assert.Equal("acc-boss", (await GetAsync(boss.Id)).AccountId);
    }

    private async Task<string[]> OneOfEachAsync()
    {
        var done = await ConvergedAsync(Plan("done"));
        var ids = new List<string> { done.Id };
        foreach (var user in (string[])["parked", "discarded"])
        {
            var claimed = await PlanAsync(Plan(user) with { ClaimFor = Lease("w") });
            await Ledger.RecordAsync(Failed(claimed, "w", AssignmentStatus.Parked), None);
            ids.Add(claimed.Id);
        }

        await Ledger.DiscardAsync([ids[^1]], "enough", "ann", Start, None);
        return [.. ids, (await PlanAsync(Plan("pending"))).Id];
    }

    private async Task<List<(string Resource, AssignmentStatus Status, DateTimeOffset DueAt, int Attempts, string? Error)>> StatesAsync(IEnumerable<string> ids)
    {
        var states = new List<(string, AssignmentStatus, DateTimeOffset, int, string?)>();
        foreach (var id in ids)
            if (await GetAsync(id) is var x)
                states.Add((x.ResourceId, x.Status, x.DueAt, x.Attempts, x.LastError));
        return states;
    }
}
