namespace Provisioning.Core.Ledger;

/// <summary>What came of the wish to link an account.</summary>
/// <param name="Obstacle">The assignment that stands in the way; null if the account is linked.</param>
/// <param name="IsLiving">The obstacle is that of a user or group who keeps the account. Otherwise the account is being taken away.</param>
/// <param name="TakenFrom">The leaver who had the account before, as it was then; null if nobody had.</param>
public sealed record LinkOutcome(Assignment? Obstacle, bool IsLiving, Assignment? TakenFrom);
