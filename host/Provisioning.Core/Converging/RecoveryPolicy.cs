using Provisioning.Connectors;
using Provisioning.Core.Configuration;

namespace Provisioning.Core.Converging;

/// <summary>All retry decisions, as a pure function: no clock, no I/O, randomness as an argument.</summary>
public static class RecoveryPolicy
{
    /// <summary>A conflict that finding and adopting did not settle is tried this often before a person is asked.</summary>
    public const int MaxConflicts = 5;

    private static readonly TimeSpan DefaultThrottle = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan UnauthorizedPause = TimeSpan.FromMinutes(1);

    /// <param name="failure">What went wrong.</param>
    /// <param name="attempt">1 for the first failure in a row.</param>
    /// <param name="failingFor">Time since the first failure in a row.</param>
    /// <param name="settings">The identity provider's retry settings.</param>
    /// <param name="now">The moment of the decision.</param>
    /// <param name="random">Uniform in [0, 1): full jitter, so that many failures at once do not come back at once.</param>
    public static RecoveryDecision Decide(
        Failure failure, int attempt, TimeSpan failingFor, RetrySettings settings, DateTimeOffset now, double random)
    {
        if (failure.Kind == FailureKind.Rejected || failingFor >= settings.GiveUpAfter)
            return new RecoveryDecision(null);
        if (failure.Kind == FailureKind.Conflict && attempt >= MaxConflicts)
            return new RecoveryDecision(null);

        switch (failure.Kind)
        {
            case FailureKind.Throttled:
                var rest = now + (failure.RetryAfter ?? Backoff(attempt, settings, random) + DefaultThrottle);
                return new RecoveryDecision(rest, rest);
            case FailureKind.Unauthorized:
                var pause = now + Max(UnauthorizedPause, Backoff(attempt, settings, random));
                return new RecoveryDecision(pause, pause);
            case FailureKind.Gone:
                return new RecoveryDecision(attempt == 1 ? now : now + Backoff(attempt, settings, random));
            default:
                return new RecoveryDecision(now + Max(failure.RetryAfter ?? TimeSpan.Zero, Backoff(attempt, settings, random)));
        }
    }

    private static TimeSpan Backoff(int attempt, RetrySettings settings, double random)
    {
        var ceiling = settings.FirstDelay.TotalSeconds * Math.Pow(2, Math.Min(attempt - 1, 40));
        return TimeSpan.FromSeconds(Math.Min(ceiling, settings.MaxDelay.TotalSeconds) * random);
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
