using System.Diagnostics;

namespace Provisioning.Storage.Tests;

public sealed class PostgresPaceTests() : Fixture(Backend.PostgreSQL)
{
    [Fact]
    public async Task When_three_hosts_share_a_rate_Should_give_each_start_to_one_of_them()
    {
        await using var second = await OpenAsync();
        await using var third = await OpenAsync();
        var began = Stopwatch.GetTimestamp();
        var starts = (await Task.WhenAll(new[] { Storage, second, third }.SelectMany(host => Enumerable.Range(0, 10).Select(async _ =>
        {
            var wait = await host.Pace.ReserveAsync("idp", 1, 5, ahead: false, None);
            return Stopwatch.GetElapsedTime(began) + wait;
        })))).Order().ToList();

        // 30 times 5 starts at one a second: each reservation is five seconds after the one before it, however long the asking takes.
        for (var i = 1; i < starts.Count; i++)
            Assert.InRange((starts[i] - starts[0]).TotalSeconds, i * 5 - 2.5, i * 5 + 2.5);
    }

    [Fact]
    public async Task When_somebody_waits_Should_go_ahead_at_the_cost_of_the_others()
    {
        await Storage.Pace.ReserveAsync("idp", 1, 1000, ahead: false, None);
        Assert.Equal(TimeSpan.Zero, await Storage.Pace.ReserveAsync("idp", 1, 1, ahead: true, None));
        Assert.InRange((await Storage.Pace.ReserveAsync("idp", 1, 1, ahead: true, None)).TotalSeconds, 0.5, 1);
        Assert.InRange((await Storage.Pace.ReserveAsync("idp", 1, 1, ahead: false, None)).TotalSeconds, 1000, 1002);
    }
}
