using Provisioning.Host.Replanning;

namespace Provisioning.Host.Tests;

/// <summary>Everybody is planned; then a host starts without the last change, decides without it, and leaves for good.</summary>
public sealed class When_a_host_with_an_old_revision_comes_and_goes : SeveralHostsFixture
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_plan_everybody_again_when_it_had_done_so_and_does_not_come_back(bool inGoodOrder)
    {
        var first = await HostAsync(New);
        await RegisterAsync(first, "u0");
        var second = await HostAsync(Old);
        await RegisterAsync(second, "u1");
        Assert.Null(await TitleAsync("u0"));

        // As long as both live, neither undoes what the other one does.
        await LookAsync(first, second);
        Assert.Null(await TitleAsync("u0"));

        await EndAsync(second, first, inGoodOrder);
        await LookAsync(first);
        await WaitAsync(first);
        Assert.Equal(("clerk", "clerk"), (await TitleAsync("u0"), await TitleAsync("u1")));
        first.Ledger.Reset();
        await LookAsync(first);
        Assert.Equal(0, first.Ledger.Looks);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_plan_everybody_again_when_it_did_not_come_to_that(bool inGoodOrder)
    {
        var first = await HostAsync(New);
        await RegisterAsync(first, "u0");
        var second = await StartedAsync(Old);
        await RegisterAsync(second, "u1");
        second.Ledger.Reset();
        second.Ledger.AtLook[1] = () => throw new IOException("the host is gone");
        await Assert.ThrowsAnyAsync<Exception>(() => LookAsync(second));

        await EndAsync(second, first, inGoodOrder);
        await LookAsync(first);
        Assert.Equal("clerk", await TitleAsync("u1"));
    }

    [Fact]
    public async Task Should_plan_everybody_again_when_it_did_not_even_look()
    {
        var first = await HostAsync(New);
        var second = await StartedAsync(Old);
        await RegisterAsync(second, "u1");
        await EndAsync(second, first, inGoodOrder: false);
        await LookAsync(first);
        Assert.Equal("clerk", await TitleAsync("u1"));
    }

    [Fact]
    public async Task Should_not_undo_a_change_because_the_host_that_has_it_starts_anew()
    {
        var (first, second) = (await HostAsync(Old), await HostAsync(Old));
        await RegisterAsync(second, "u0");
        first.Configure(New);
        await first.BeatAsync();
        await LookAsync(first);
        Assert.Equal("clerk", await TitleAsync("u0"));

        await EndAsync(first, second, inGoodOrder: true);
        await LookAsync(second);
        await WaitAsync(second, await HostAsync(New));
        Assert.Equal("clerk", await TitleAsync("u0"));
    }

    /// <summary>Who dies without a word counts as living for a while; the others look at what there is to do in the meantime.</summary>
    private async Task EndAsync(ReplanRig host, ReplanRig other, bool inGoodOrder)
    {
        if (inGoodOrder)
        {
            await host.LeaveAsync();
            return;
        }

        await LookAsync(other);
        Time.Advance(Dead);
        await other.BeatAsync();
    }

    private async Task WaitAsync(ReplanRig host, params ReplanRig[] others)
    {
        Time.Advance(PlannedRevision.Patience);
        foreach (var one in others.Append(host))
            await one.BeatAsync();
        await LookAsync(host);
    }
}
