using Provisioning.Core.Pipeline;

namespace Provisioning.Core.Tests;

public sealed class SlotsTests
{
    [Fact]
    public async Task When_the_limit_grows_Should_let_in_more_as_soon_as_one_leaves()
    {
        var limit = 1;
        var slots = new Slots(() => limit);
        await slots.EnterAsync();
        var waiting = Enumerable.Range(0, 3).Select(_ => slots.EnterAsync()).ToList();
        Assert.All(waiting, x => Assert.False(x.IsCompleted));
        limit = 2;
        slots.Leave();
        Assert.Equal([true, true, false], waiting.Select(x => x.IsCompleted));
        Assert.Equal(2, slots.Taken);
    }

    [Fact]
    public async Task When_nobody_is_in_Should_not_wait_for_anybody()
    {
        var slots = new Slots(() => 1);
        await slots.AnyLeavesAsync();
        await slots.EnterAsync();
        var leaves = slots.AnyLeavesAsync();
        Assert.False(leaves.IsCompleted);
        slots.Leave();
        await leaves;
        await slots.EmptyAsync();
    }
}
