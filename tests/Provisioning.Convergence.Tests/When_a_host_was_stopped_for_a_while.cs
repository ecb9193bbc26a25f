using Provisioning.Core.Ledger;
using Provisioning.Core.Pipeline;
using Provisioning.Storage;

namespace Provisioning.Convergence.Tests;

/// <summary>It claimed work, stood still for longer than others wait for it, and goes on as if nothing had been.</summary>
public sealed class When_a_host_was_stopped_for_a_while : Rig
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_make_no_call_for_what_another_one_took_over(bool beatsFirst)
    {
        var health = new NodeHealth(Time);
        await PlanAsync("ada");
        await BeatAsync("stopped", health);
        var claimed = Assert.Single(await Storage.Ledger.ClaimAsync("partner", 10, new Lease("stopped", "stopped/1", Time.GetUtcNow().AddHours(1)), Time.GetUtcNow(), None));

        Time.Advance(TimeSpan.FromSeconds(30));
        await BeatAsync("other", new NodeHealth(Time));
        await SettleAsync();
        var done = await AssignmentAsync("ada");
        Assert.Equal(AssignmentStatus.Done, done.Status);
        var calls = Target.Requests.Count;

        if (beatsFirst)
            await BeatAsync("stopped", health);
        Assert.True((await Worker(health).RunAsync(claimed, Provider, ahead: false)).IsLate);
        Assert.Equal(calls, Target.Requests.Count);
        Assert.Equal(done.Modified, (await AssignmentAsync("ada")).Modified);
    }

    [Fact]
    public async Task Should_go_on_with_what_is_still_its_own()
    {
        var health = new NodeHealth(Time);
        await PlanAsync("ada");
        await BeatAsync("stopped", health);
        var claimed = Assert.Single(await Storage.Ledger.ClaimAsync("partner", 10, new Lease("stopped", "stopped/1", Time.GetUtcNow().AddHours(1)), Time.GetUtcNow(), None));
        Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Null((await Worker(health).RunAsync(claimed, Provider, ahead: false)).Failure);
        Assert.Equal(AssignmentStatus.Done, (await AssignmentAsync("ada")).Status);
    }

    private async Task BeatAsync(string node, NodeHealth health)
    {
        await Storage.Nodes.BeatAsync(new Node(node, Start, "1", "c", "p"), None);
        health.Beaten(Time.GetTimestamp(), 2);
    }
}
