using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Converging;
using Provisioning.Core.Targets;

namespace Provisioning.Core.Tests;

public sealed class TargetRecoveryTests
{
    private static readonly DateTimeOffset Now = Sample.Now;
    private static readonly TargetState Open = TargetState.Healthy("idp", Now.AddDays(-1));

    [Theory]
    [InlineData(FailureKind.Throttled, TargetCondition.Throttled, 5, 10)]
    [InlineData(FailureKind.Unauthorized, TargetCondition.Unauthorized, 30, 60)]
    [InlineData(FailureKind.Transient, TargetCondition.Failing, 2.5, 5)]
    [InlineData(FailureKind.Ambiguous, TargetCondition.Failing, 2.5, 5)]
    public void When_it_is_closed_Should_be_left_alone_for_a_time_of_its_kind(FailureKind kind, TargetCondition condition, double least, double most)
    {
        var closed = Close(Open, kind, random: 0);
        Assert.Equal((condition, Now, 1), (closed.Condition, closed.Since, closed.Times));
        Assert.Equal(Now.AddSeconds(least), closed.Until);
        Assert.Equal(Now.AddSeconds(most), Close(Open, kind, random: 1).Until);
    }

    [Theory]
    [InlineData(FailureKind.Transient, 20, 60)]
    [InlineData(FailureKind.Unauthorized, 20, 900)]
    [InlineData(FailureKind.Throttled, 20, 900)]
    [InlineData(FailureKind.Transient, 2, 20)]
    public void When_the_probe_fails_again_Should_wait_longer_up_to_a_limit(FailureKind kind, int times, double seconds)
    {
        var halfOpen = Close(Open, kind) with { Until = Now, Times = times };
        var again = Close(halfOpen, kind, random: 1);
        Assert.Equal((Now.AddSeconds(seconds), times + 1), (again.Until, again.Times));
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(7200, 7200)]
    [InlineData(999_999_999, 86_400)]
    public void When_the_target_names_the_time_Should_obey_within_a_day(int asked, int expected) =>
        Assert.Equal(Now.AddSeconds(expected), Close(Open, FailureKind.Throttled, TimeSpan.FromSeconds(asked)).Until);

    [Fact]
    public void When_calls_under_way_fail_too_Should_not_count_them_again()
    {
        var closed = Close(Open, FailureKind.Transient);
        Assert.Same(closed, Close(closed, FailureKind.Transient));
        Assert.Same(closed, Close(closed, FailureKind.Throttled, TimeSpan.FromHours(1)));
        var throttled = Close(Open, FailureKind.Throttled, TimeSpan.FromSeconds(5));
        Assert.Same(throttled, Close(throttled, FailureKind.Throttled, TimeSpan.FromSeconds(4)));
        var longer = Close(throttled, FailureKind.Throttled, TimeSpan.FromSeconds(9));
        Assert.Equal((Now.AddSeconds(9), 1), (longer.Until, longer.Times));
    }

    [Fact]
    public void When_the_time_is_over_Should_be_half_open()
    {
        var closed = Close(Open, FailureKind.Throttled, TimeSpan.FromSeconds(5));
        Assert.True(closed.IsClosed(Now.AddSeconds(4.9)));
        Assert.True(closed.IsHalfOpen(Now.AddSeconds(5)));
        Assert.False(Open.IsHalfOpen(Now));
        Assert.True(new TargetState("idp", TargetCondition.Paused, Now).IsClosed(Now.AddYears(1)));
    }

    private static TargetState Close(TargetState state, FailureKind kind, TimeSpan? retryAfter = null, double random = 0.5) =>
        TargetRecovery.Close(state, new Failure(kind, "x", retryAfter), new RetrySettings(), Now, random);
}
