using System.Text.Json.Nodes;
using Provisioning.Core.Ledger;
using Provisioning.Core.Users;
using Provisioning.Host.Replanning;
using Provisioning.Testing;

namespace Provisioning.Host.Tests;

/// <summary>A replan takes minutes where there are many users: what changes and what is decided meanwhile must not get lost, and not pass the guard.</summary>
public sealed class When_something_happens_while_everybody_is_planned : ReplanFixture
{
    private const int Users = 300;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        for (var i = 0; i < Users; i++)
        {
            var user = People.Known($"u{i:000}", $"user{i}", new JsonObject { ["userName"] = $"user{i}" }, Time.GetUtcNow());
            await Storage.Ledger.CommitUserAsync(user, WriteKind.Insert, [], None);
        }
    }

    [Fact]
    public async Task Should_count_again_what_a_further_change_takes_away()
    {
        await using var host = await WithAccountsAsync();
        host.Ledger.AtLook[Users + 150] = host.Unbind;
        host.Configure(Names + ", \"locale\": \"'en'\"");
        await host.Replanner.RunIfChangedAsync(None);
        await host.Replanner.RunIfChangedAsync(None);
        Assert.Equal((Users, HeldPlanState.Held), ((int)host.Held.At("target")!.Lost, host.Held.At("target")!.State));
        Assert.Equal(0, await LostAsync());
    }

    [Fact]
    public async Task Should_carry_out_all_of_a_plan_that_is_approved_meanwhile()
    {
        await using var host = await WithAccountsAsync();
        await using var other = new ReplanRig(Storage, Time, Names);
        host.Ledger.AtLook[Users + 150] = () => ApproveAsync(other).GetAwaiter().GetResult();
        host.Unbind();
        await host.Replanner.RunIfChangedAsync(None);
        await host.Replanner.RunIfChangedAsync(None);
        Assert.Equal(Users, await LostAsync());
        Assert.Null(host.Held.At("target"));
    }

    [Fact]
    public async Task Should_carry_out_all_of_it_also_after_a_crash()
    {
        await using var host = await WithAccountsAsync();
        host.Ledger.AtLook[Users + 150] = () =>
        {
            ApproveAsync(host).GetAwaiter().GetResult();
            new ReplanProgress(host.Held.At("target")!.Revision, "u100").SaveAsync(Storage.Settings, None).GetAwaiter().GetResult();
            throw new IOException("the host is gone");
        };
        host.Unbind();
        await Assert.ThrowsAnyAsync<Exception>(() => host.Replanner.RunIfChangedAsync(None));
        host.Ledger.Reset();
        host.Ledger.AtLook.Clear();
        await host.Replanner.RunIfChangedAsync(None);
        Assert.Equal(Users, await LostAsync());
    }

    private static async Task ApproveAsync(ReplanRig at)
    {
        await at.Held.RefreshAsync(None);
        var plan = at.Held.At("target")!;
        await at.Held.PutAsync(plan with { State = HeldPlanState.Approved }, None);
        await at.Replanner.ForgetAsync(plan.Revision, None);
    }

    private async Task<ReplanRig> WithAccountsAsync()
    {
        var host = new ReplanRig(Storage, Time, Names);
        await host.Replanner.RunIfChangedAsync(None);
        await GiveAccountsAsync();
        host.Ledger.Reset();
        return host;
    }

    private async Task<int> LostAsync() =>
        (await Storage.Ledger.ListAssignmentsAsync(new AssignmentQuery(Max: Users), None)).Count(x => x.Desired != DesiredState.Present);
}
