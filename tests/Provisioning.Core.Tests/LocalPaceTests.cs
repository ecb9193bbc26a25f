using Microsoft.Extensions.Time.Testing;
using Provisioning.Core.Targets;

namespace Provisioning.Core.Tests;

public sealed class LocalPaceTests
{
    private readonly FakeTimeProvider _time = new(Sample.Now);

    [Fact]
    public async Task When_starts_are_reserved_Should_follow_each_other_at_the_rate()
    {
        var pace = new LocalPace(_time);
        Assert.Equal(0, await ReserveAsync(pace, 5));
        Assert.Equal(0.5, await ReserveAsync(pace, 1));
        _time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal(0.4, await ReserveAsync(pace, 1));
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(0, await ReserveAsync(pace, 1));
    }

    [Fact]
    public async Task When_somebody_waits_Should_go_ahead_at_the_cost_of_the_others()
    {
        var pace = new LocalPace(_time);
        await ReserveAsync(pace, 20);
        Assert.Equal(0, await ReserveAsync(pace, 1, ahead: true));
        Assert.Equal(0.1, await ReserveAsync(pace, 1, ahead: true));
        Assert.Equal(2.2, await ReserveAsync(pace, 1));
    }

    private static async Task<double> ReserveAsync(LocalPace pace, int count, bool ahead = false) =>
        Math.Round((await pace.ReserveAsync("idp", 10, count, ahead, CancellationToken.None)).TotalSeconds, 3);
}
