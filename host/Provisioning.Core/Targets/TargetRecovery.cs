using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Converging;

namespace Provisioning.Core.Targets;

/// <summary>How long an identity provider is left alone, as a pure function: no clock, no I/O, randomness as an argument.</summary>
public static class TargetRecovery
{
    private static readonly TimeSpan ThrottledFirst = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan UnauthorizedFirst = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MisconfiguredFirst = TimeSpan.FromSeconds(10);

    // A mended file is seen by nothing but another look.
    private static readonly TimeSpan MisconfiguredMost = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FailingFirst = TimeSpan.FromSeconds(5);

    /// <summary>However far away the moment is that a target names, it is asked again after this time.</summary>
    private static readonly TimeSpan MostThrottled = TimeSpan.FromDays(1);

    /// <summary>The state after a failure that concerns the target as a whole; the same state if it changes nothing.</summary>
    public static TargetState Close(TargetState state, Failure failure, RetrySettings settings, DateTimeOffset now, double random)
    {
        var condition = failure.Kind switch
        {
            FailureKind.Throttled => TargetCondition.Throttled,
            FailureKind.Unauthorized => TargetCondition.Unauthorized,
            FailureKind.Misconfigured => TargetCondition.Misconfigured,
            _ => TargetCondition.Failing,
        };

        // Calls that were under way when it was closed tell nothing new, unless they ask for more time.
        var until = now + Pause(condition, failure, state.Times, settings, random);
        if (state.IsClosed(now) && (state.Condition != TargetCondition.Throttled || condition != TargetCondition.Throttled || state.Until >= until))
            return state;
        var since = state.Condition == condition ? state.Since : now;
        return new TargetState(state.IdentityProvider, condition, since, until, failure.Message, state.IsClosed(now) ? state.Times : state.Times + 1);
    }

    public static FailureKind ToFailure(this TargetCondition condition) => condition switch
    {
        TargetCondition.Throttled => FailureKind.Throttled,
        TargetCondition.Unauthorized => FailureKind.Unauthorized,
        TargetCondition.Misconfigured => FailureKind.Misconfigured,
        _ => FailureKind.Transient,
    };

    private static TimeSpan Pause(TargetCondition condition, Failure failure, int times, RetrySettings settings, double random) => condition switch
    {
        TargetCondition.Throttled when failure.RetryAfter is { } asked => asked < MostThrottled ? asked : MostThrottled,
        TargetCondition.Throttled => Grow(ThrottledFirst, settings.MaxDelay, times, random),
        TargetCondition.Unauthorized => Grow(UnauthorizedFirst, settings.MaxDelay, times, random),
        TargetCondition.Misconfigured => Grow(MisconfiguredFirst, Min(MisconfiguredMost, settings.MaxDelay), times, random),
        _ => Max(failure.RetryAfter ?? TimeSpan.Zero, Grow(FailingFirst, Min(settings.MaxBreak, settings.MaxDelay), times, random)),
    };

    // Half of it is random: several identity providers at one vendor do not all come back at once.
    private static TimeSpan Grow(TimeSpan first, TimeSpan most, int times, double random)
    {
        var pause = Math.Min(first.TotalSeconds * Math.Pow(2, Math.Min(times, 30)), most.TotalSeconds);
        return TimeSpan.FromSeconds(pause * (0.5 + (random / 2)));
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
