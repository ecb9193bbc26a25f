using Provisioning.Core.Ledger;
using Provisioning.Core.Users;

namespace Provisioning.Core.Pipeline;

/// <summary>The user is stored; this is how far the accounts are.</summary>
public sealed record SubmissionResult(User User, IReadOnlyList<AssignmentOutcome> Outcomes)
{
    public bool AnyFailed => Outcomes.Any(x => x.Failure is not null);

    public bool AnyTimedOut => Outcomes.Any(x => x.TimedOut);

    /// <summary>All blocking work is done: the application may let the user in.</summary>
    public bool Allowed => User.Active && Outcomes.All(x => !x.Blocking || (x.Failure is null && !x.TimedOut && x.Assignment.Status == AssignmentStatus.Done));
}
