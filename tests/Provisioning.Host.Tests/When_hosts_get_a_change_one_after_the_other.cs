namespace Provisioning.Host.Tests;

/// <summary>One host has planned everybody with the change; another still decides without it. Nobody may be left with what that one decided.</summary>
public sealed class When_hosts_get_a_change_one_after_the_other : SeveralHostsFixture
{
    [Fact]
    public async Task Should_decide_again_about_those_whom_the_other_decided_about_without_it()
    {
        var (first, second) = (await HostAsync(Old), await HostAsync(Old));
        await ChangeAsync(first);
        await RegisterAsync(second);
        await LookAsync(first, second);
        Assert.Null(await TitleAsync());

        await ChangeAsync(second);
        await LookAsync(first);
        Assert.Equal("clerk", await TitleAsync());

        // All have it and all is planned: nobody looks at anybody any more.
        Assert.Equal(0, await LooksAsync(first, second));
    }

    [Fact]
    public async Task Should_do_it_when_the_last_one_has_it_or_is_dead()
    {
        var (first, second, third) = (await HostAsync(Old), await HostAsync(Old), await HostAsync(Old));
        await ChangeAsync(first);
        await RegisterAsync(third);
        await ChangeAsync(second);
        Assert.Equal(0, await LooksAsync(first, second, third));

        Time.Advance(Dead);
        await LookAsync(first, second);
        Assert.Equal("clerk", await TitleAsync());
    }

    [Fact]
    public async Task Should_do_it_when_the_other_is_replaced_by_one_that_starts_with_it()
    {
        var (first, second) = (await HostAsync(Old), await HostAsync(Old));
        await ChangeAsync(first);
        await RegisterAsync(second);
        await second.LeaveAsync();
        await HostAsync(New);
        Assert.Equal("clerk", await TitleAsync());
    }

    [Fact]
    public async Task Should_do_it_when_the_other_was_taken_for_dead_and_was_not()
    {
        var (first, second) = (await HostAsync(Old), await HostAsync(Old));
        Time.Advance(Dead);
        await ChangeAsync(first);
        await RegisterAsync(second);
        await ChangeAsync(second);
        Assert.Equal("clerk", await TitleAsync());
    }

    [Fact]
    public async Task Should_do_it_when_the_other_came_without_it_while_everybody_was_planned()
    {
        var first = await HostAsync(Old);
        await RegisterAsync(first);
        first.Ledger.Reset();
        ReplanRig? second = null;
        first.Ledger.AtLook[2] = () => second = ComeAndRegister().GetAwaiter().GetResult();
        await ChangeAsync(first);
        Assert.Null(await TitleAsync("early"));

        await second!.LeaveAsync();
        await HostAsync(New);
        Assert.Equal("clerk", await TitleAsync("early"));

        async Task<ReplanRig> ComeAndRegister()
        {
            var host = await HostAsync(Old);
            await RegisterAsync(host, "early");
            return host;
        }
    }

    [Fact]
    public async Task Should_plan_once_where_all_have_it_before_the_first_is_planned()
    {
        var (first, second) = (await HostAsync(Old), await HostAsync(Old));
        await RegisterAsync(second);
        second.Configure(New);
        await second.BeatAsync();
        await ChangeAsync(first);
        Assert.Equal("clerk", await TitleAsync());
        Assert.Equal(0, await LooksAsync(first));
    }

    [Fact]
    public async Task Should_undo_the_half_that_is_stored_of_a_change_that_is_taken_back()
    {
        var host = await HostAsync(Old);
        for (var i = 0; i < 150; i++)
            await RegisterAsync(host, $"u{i:000}");
        host.Ledger.Reset();
        host.Ledger.AtLook[150 + 120] = () => host.Configure(Old);
        await ChangeAsync(host);
        Assert.Equal("clerk", await TitleAsync("u000"));

        await LookAsync(host);
        Assert.Null(await TitleAsync("u000"));
    }

    private static async Task ChangeAsync(ReplanRig host)
    {
        host.Configure(New);
        await host.BeatAsync();
        await LookAsync(host);
    }

    private static async Task<int> LooksAsync(params ReplanRig[] hosts)
    {
        foreach (var host in hosts)
            host.Ledger.Reset();
        await LookAsync(hosts);
        return hosts.Sum(x => x.Ledger.Looks);
    }
}
