using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Converging;

namespace Provisioning.Core.Tests;

public sealed class RecoveryPolicyTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly RetrySettings Settings = new();

    [Theory]
    [InlineData(FailureKind.Transient, 1.0, false)]
    [InlineData(FailureKind.Ambiguous, 1.0, false)]
    [InlineData(FailureKind.Conflict, 1.0, false)]
    [InlineData(FailureKind.Gone, 0.0, false)]
    [InlineData(FailureKind.Throttled, 31.0, true)]
    [InlineData(FailureKind.Unauthorized, 60.0, true)]
    [InlineData(FailureKind.Rejected, null, false)]
    public void When_it_fails_for_the_first_time_Should_recover_by_kind(FailureKind kind, double? seconds, bool pauses)
    {
        var decision = Decide(kind, random: 0.5);
        DateTimeOffset? expected = seconds is { } delay ? Now.AddSeconds(delay) : null;
        Assert.Equal(expected, decision.RetryAt);
        Assert.Equal(pauses ? expected : null, decision.PauseUntil);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(5, 32)]
    [InlineData(9, 512)]
    [InlineData(10, 900)]
    [InlineData(int.MaxValue, 900)]
    public void When_it_fails_again_Should_double_the_upper_bound_of_the_jitter(int attempt, double bound)
    {
        Assert.Equal(Now, Decide(FailureKind.Transient, attempt, random: 0).RetryAt);
        Assert.Equal(Now.AddSeconds(bound / 4), Decide(FailureKind.Transient, attempt, random: 0.25).RetryAt);
        Assert.InRange(Decide(FailureKind.Transient, attempt, random: 0.999999).RetryAt!.Value, Now.AddSeconds(bound * 0.99), Now.AddSeconds(bound));
    }

    [Theory]
    [InlineData(FailureKind.Throttled, 7, 7)]
    [InlineData(FailureKind.Throttled, 3600, 3600)]
    [InlineData(FailureKind.Transient, 7, 7)]
    [InlineData(FailureKind.Transient, 0, 1)]
    public void When_the_target_names_a_pause_Should_wait_at_least_so_long(FailureKind kind, int retryAfter, int expected) =>
        Assert.Equal(Now.AddSeconds(expected), Decide(kind, random: 0.5, retryAfter: TimeSpan.FromSeconds(retryAfter)).RetryAt);

    [Fact]
    public void When_unauthorized_for_long_Should_pause_longer_than_the_minimum() =>
        Assert.Equal(Now.AddSeconds(450), Decide(FailureKind.Unauthorized, 20, random: 0.5).PauseUntil);

    [Fact]
    public void When_gone_again_Should_back_off() =>
        Assert.Equal(Now.AddSeconds(2), Decide(FailureKind.Gone, 2, random: 0.5).RetryAt);

    [Theory]
    [InlineData(FailureKind.Transient)]
    [InlineData(FailureKind.Throttled)]
    [InlineData(FailureKind.Unauthorized)]
    [InlineData(FailureKind.Conflict)]
    [InlineData(FailureKind.Gone)]
    [InlineData(FailureKind.Ambiguous)]
    [InlineData(FailureKind.Rejected)]
    public void When_failing_for_too_long_Should_park_and_pause_nobody(FailureKind kind) =>
        Assert.Equal(new RecoveryDecision(null), Decide(kind, failingFor: Settings.GiveUpAfter, retryAfter: TimeSpan.FromSeconds(1)));

    [Fact]
    public void When_not_failing_for_too_long_yet_Should_retry() =>
        Assert.NotNull(Decide(FailureKind.Transient, 500, failingFor: Settings.GiveUpAfter - TimeSpan.FromTicks(1)).RetryAt);

    [Theory]
    [InlineData(RecoveryPolicy.MaxConflicts - 1, true)]
    [InlineData(RecoveryPolicy.MaxConflicts, false)]
    [InlineData(RecoveryPolicy.MaxConflicts + 1, false)]
    public void When_conflicts_do_not_end_Should_park(int attempt, bool retries) =>
        Assert.Equal(retries, Decide(FailureKind.Conflict, attempt).RetryAt is not null);

    private static RecoveryDecision Decide(
        FailureKind kind, int attempt = 1, TimeSpan failingFor = default, double random = 0.5, TimeSpan? retryAfter = null) =>
        RecoveryPolicy.Decide(new Failure(kind, "x", retryAfter), attempt, failingFor, Settings, Now, random);
}
