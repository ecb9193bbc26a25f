namespace Provisioning.Host.Tests;

/// <summary>One host has planned everybody with the change; another still decides without it. Nobody may be left with what that one decided.</summary>
public sealed class When_hosts_get_a_change_one_after_the_other : SeveralHostsFixture
{
    // One user is looked at twice: what would be lost is counted, and then it is planned.
    private const int OnePass = 2;

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
        var (first, second, third) = (await HostAsync(Old), await HostAsync(Old), await HostAsync(Old));
        await RegisterAsync(second);
        await NoteAsync(second, third);

        // The first one counts what would be lost when the others look: nothing is begun yet.
        AtLook(first, 1, () => LookAsync(second, third));
        await ChangeAsync(first);
        Assert.Equal("clerk", await TitleAsync());
        Assert.Equal(OnePass, first.Ledger.Looks);
        Assert.Equal(0, await LooksAsync(first, second, third));
    }

    [Fact]
    public async Task Should_plan_once_more_for_all_that_get_it_while_the_first_plans()
    {
        var (first, second, third) = (await HostAsync(Old), await HostAsync(Old), await HostAsync(Old));
        await RegisterAsync(second);

        // The first one has begun when the others look: whom they decided about may be planned already.
        AtLook(first, 2, async () =>
        {
            await NoteAsync(second, third);
            await LookAsync(second, third);
        });
        await ChangeAsync(first);
        Assert.Equal(OnePass, await LooksAsync(second, third, first));
        Assert.Equal(0, await LooksAsync(first, second, third));
    }

    [Fact]
    public async Task Should_decide_again_about_those_whom_one_decided_about_without_it_after_the_other_began()
    {
        var (first, second) = (await HostAsync(Old), await HostAsync(Old));
        await NoteAsync(second);
        AtLook(first, 1, () => LookAsync(second));
        AtLook(first, 2, async () =>
        {
            // Taken back for a moment: what the second one saw before says nothing any more.
            await RegisterAsync(second, "late");
            second.Configure(Old);
            second.Replanner.Note();
            await RegisterAsync(second, "later");
            await NoteAsync(second);
        });
        await RegisterAsync(first);
        await ChangeAsync(first);
        await LookAsync(second);
        Assert.Equal(("clerk", "clerk", "clerk"), (await TitleAsync(), await TitleAsync("late"), await TitleAsync("later")));
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

    private static async Task NoteAsync(params ReplanRig[] hosts)
    {
        foreach (var host in hosts)
        {
            host.Configure(New);
            host.Replanner.Note();
            await host.BeatAsync();
        }
    }

    private static void AtLook(ReplanRig host, int look, Func<Task> then)
    {
        host.Ledger.Reset();
        host.Ledger.AtLook[look] = () =>
        {
            host.Ledger.AtLook.Remove(look);
            then().GetAwaiter().GetResult();
        };
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
