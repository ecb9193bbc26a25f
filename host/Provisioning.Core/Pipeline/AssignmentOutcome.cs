using Provisioning.Core.Converging;
using Provisioning.Core.Ledger;
using Provisioning.Core.Targets;

namespace Provisioning.Core.Pipeline;

/// <summary>What a caller learns about one assignment.</summary>
/// <param name="Blocking">True if the caller waited for it.</param>
/// <param name="Failure">Why the blocking attempt failed; null when it did not, or when nobody waited.</param>
/// <param name="TimedOut">The time to wait was over first. The work goes on.</param>
public sealed record AssignmentOutcome(Assignment Assignment, bool Blocking, Failure? Failure = null, bool TimedOut = false)
{
    /// <summary>Why the identity provider as a whole was left alone; null if it was not.</summary>
    public TargetCondition? Rest { get; init; }

    /// <summary>The account was made while the caller waited.</summary>
    public bool Created { get; init; }

    /// <summary>What became of the password that the caller gave; null if none was given.</summary>
    public PasswordOutcome? Password { get; init; }

    /// <summary>It was left alone because a maintenance window is open.</summary>
    public bool IsMaintenance { get; init; }
}
