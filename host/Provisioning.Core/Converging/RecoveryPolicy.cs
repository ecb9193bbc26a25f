using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Ledger;

namespace Provisioning.Core.Converging;

/// <summary>All retry decisions, as a pure function: no clock, no I/O, randomness as an argument.</summary>
public static class RecoveryPolicy
{
    /// <summary>A conflict that finding and adopting did not settle is tried this often before a person is asked.</summary>
    public const int MaxConflicts = 5;

    /// <summary>So often it must have failed before it is given up, however long ago the first time was: a pause in between proves nothing.</summary>
    public const int FewestAttempts = 3;

    /// <param name="failure">What went wrong.</param>
    /// <param name="attempt">1 for the first failure in a row.</param>
    /// <param name="failingFor">Time since the first failure in a row.</param>
    /// <param name="settings">The identity provider's retry settings.</param>
    /// <param name="now">The moment of the decision.</param>
    /// <param name="random">Uniform in [0, 1): full jitter, so that many failures at once do not come back at once.</param>
    public static RecoveryDecision Decide(
        Failure failure, int attempt, TimeSpan failingFor, RetrySettings settings, DateTimeOffset now, double random)
    {
        switch (failure.Kind)
        {
            // The target rests as a whole; what is due stays due.
            case FailureKind.Throttled or FailureKind.Unauthorized or FailureKind.Misconfigured:
                return new RecoveryDecision(now, Counts: false);
            case FailureKind.Rejected:
                return new RecoveryDecision(null, Parked: ParkedBecause.Refused);
            case FailureKind.Conflict when attempt >= MaxConflicts:
                return new RecoveryDecision(null, Parked: ParkedBecause.GaveUp);
        }

        if (failingFor >= settings.GiveUpAfter && attempt >= FewestAttempts)
            return new RecoveryDecision(null, Parked: ParkedBecause.GaveUp);
        if (failure.Kind == FailureKind.Gone && attempt == 1)
            return new RecoveryDecision(now);
        return new RecoveryDecision(now + Max(failure.RetryAfter ?? TimeSpan.Zero, Backoff(attempt, settings, random)));
    }

    private static TimeSpan Backoff(int attempt, RetrySettings settings, double random)
    {
        var ceiling = settings.FirstDelay.TotalSeconds * Math.Pow(2, Math.Min(attempt - 1, 40));
        return TimeSpan.FromSeconds(Math.Min(ceiling, settings.MaxDelay.TotalSeconds) * random);
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
