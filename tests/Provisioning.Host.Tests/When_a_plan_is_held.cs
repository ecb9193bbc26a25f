using System.Text.Json.Nodes;
using Provisioning.Core.Ledger;
using Provisioning.Core.Users;
using Provisioning.Host.Replanning;
using Provisioning.Testing;

namespace Provisioning.Host.Tests;

public sealed class When_a_plan_is_held : ReplanFixture
{
    private const string Guard = """, "guard": { "count": 0, "percent": 0 } """;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        foreach (var name in (string[])["ada", "eve"])
            await Storage.Ledger.CommitUserAsync(
                People.Known(name, name, new JsonObject { ["userName"] = name }, Time.GetUtcNow()), WriteKind.Insert, [], None);
    }

    [Theory]
    [InlineData((int)HeldPlanState.Held, (int)HeldPlanState.Held)]
    [InlineData((int)HeldPlanState.Rejected, (int)HeldPlanState.Rejected)]
    [InlineData((int)HeldPlanState.Approved, (int)HeldPlanState.Held)]
    public async Task Should_keep_its_id_when_something_else_changes(int before, int after)
    {
        await using var host = new ReplanRig(Storage, Time, Names, Guard);
        await host.Replanner.RunIfChangedAsync(None);
        await GiveAccountsAsync();
        host.Unbind();
        await host.Replanner.RunIfChangedAsync(None);
        var plan = Assert.Single(host.Held.All);
        Assert.Equal(2, plan.Lost);
        await host.Held.PutAsync(plan with { State = (HeldPlanState)before }, None);

        Time.Advance(TimeSpan.FromHours(1));
        host.Configure("  " + Names);
        await host.Replanner.RunIfChangedAsync(None);
        var same = Assert.Single(host.Held.All);
        Assert.Equal((plan.Id, plan.Created, (HeldPlanState)after), (same.Id, same.Created, same.State));
        Assert.NotEqual(plan.Revision, same.Revision);
    }

    [Fact]
    public async Task Should_be_another_one_when_others_would_lose_their_accounts()
    {
        await using var host = new ReplanRig(Storage, Time, Names, Guard);
        await host.Replanner.RunIfChangedAsync(None);
        await GiveAccountsAsync();
        host.Unbind();
        await host.Replanner.RunIfChangedAsync(None);
        var plan = Assert.Single(host.Held.All);
        await Storage.Ledger.CommitUserAsync(
            People.Known("bob", "bob", new JsonObject { ["userName"] = "bob" }, Time.GetUtcNow()), WriteKind.Insert, [Plan("bob")], None);
        await GiveAccountsAsync();

        host.Configure("  " + Names);
        await host.Replanner.RunIfChangedAsync(None);
        var other = Assert.Single(host.Held.All);
        Assert.NotEqual(plan.Id, other.Id);
        Assert.Equal(3, other.Lost);
    }

    private AssignmentPlan Plan(string user) => new(
        "target", Provisioning.Connectors.ResourceType.User, user, user, "portal", DesiredState.Present, new JsonObject { ["userName"] = user }, Time.GetUtcNow(), """{"assigned":true,"reason":""}""");
}
