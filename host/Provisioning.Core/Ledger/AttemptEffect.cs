namespace Provisioning.Core.Ledger;

/// <summary>What the outcome of an attempt makes of an assignment.</summary>
/// <param name="Next">The next state; the stored one itself if nothing changes.</param>
/// <param name="Stray">An account that is to be removed, because the assignment has another one; null if there is none.</param>
public sealed record AttemptEffect(Assignment Next, string? Stray);
