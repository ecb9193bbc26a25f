using Provisioning.Core.Users;

namespace Provisioning.Core.Pipeline;

/// <summary>The user is stored; this is how far the accounts are.</summary>
/// <param name="Outcomes">Those that the service provider may know of: what its bindings grant, or granted. A trusted one knows of all.</param>
/// <param name="Access">Whether the user may be let in; null if nobody asked.</param>
public sealed record SubmissionResult(User User, IReadOnlyList<AssignmentOutcome> Outcomes, AccessAnswer? Access = null)
{
    public bool AnyFailed => Outcomes.Any(x => x.Failure is not null);

    public bool AnyTimedOut => Outcomes.Any(x => x.TimedOut);
}
