using Provisioning.Core.Ledger;

namespace Provisioning.Core.Converging;

/// <summary>What to do about an assignment whose attempt failed.</summary>
/// <param name="RetryAt">When to try it again; null to park it.</param>
/// <param name="Parked">Why it is parked; null when it is tried again.</param>
/// <param name="Counts">False if it is no fault of the assignment: attempts and time do not count towards giving up.</param>
public sealed record RecoveryDecision(DateTimeOffset? RetryAt, bool Counts = true, ParkedBecause? Parked = null);
