using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Converging;

namespace Provisioning.Core.Tests;

public sealed class RecoveryPolicyTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly RetrySettings Settings = new();

    [Theory]
    [InlineData(FailureKind.Transient, 1.0, true)]
    [InlineData(FailureKind.Ambiguous, 1.0, true)]
    [InlineData(FailureKind.Conflict, 1.0, true)]
    [InlineData(FailureKind.Gone, 0.0, true)]
    [InlineData(FailureKind.Throttled, 0.0, false)]
    [InlineData(FailureKind.Unauthorized, 0.0, false)]
    [InlineData(FailureKind.Rejected, null, true)]
    public void When_it_fails_for_the_first_time_Should_recover_by_kind(FailureKind kind, double? seconds, bool counts)
    {
        var decision = Decide(kind, random: 0.5);
        Assert.Equal(seconds is { } delay ? Now.AddSeconds(delay) : null, decision.RetryAt);
        Assert.Equal(counts, decision.Counts);
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
    [InlineData(7, 7)]
    [InlineData(3600, 3600)]
    [InlineData(0, 1)]
    public void When_the_target_names_a_pause_Should_wait_at_least_so_long(int retryAfter, int expected) =>
        Assert.Equal(Now.AddSeconds(expected), Decide(FailureKind.Transient, random: 0.5, retryAfter: TimeSpan.FromSeconds(retryAfter)).RetryAt);

    [Fact]
    public void When_gone_again_Should_back_off() =>
        Assert.Equal(Now.AddSeconds(2), Decide(FailureKind.Gone, 2, random: 0.5).RetryAt);

    [Theory]
    [InlineData(FailureKind.Transient, true)]
    [InlineData(FailureKind.Throttled, false)]
    [InlineData(FailureKind.Unauthorized, false)]
    [InlineData(FailureKind.Conflict, true)]
    [InlineData(FailureKind.Gone, true)]
    [InlineData(FailureKind.Ambiguous, true)]
    [InlineData(FailureKind.Rejected, true)]
    public void When_failing_for_too_long_Should_park_unless_it_is_no_fault_of_the_assignment(FailureKind kind, bool parks) =>
        Assert.Equal(parks, Decide(kind, RecoveryPolicy.FewestAttempts, Settings.GiveUpAfter).RetryAt is null);

    [Fact]
    public void When_most_of_the_time_was_a_pause_Should_try_a_few_times_before_giving_up() =>
        Assert.NotNull(Decide(FailureKind.Transient, RecoveryPolicy.FewestAttempts - 1, TimeSpan.FromDays(30)).RetryAt);

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
