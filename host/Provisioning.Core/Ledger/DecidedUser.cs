namespace Provisioning.Core.Ledger;

/// <summary>Until when what was decided about a user holds.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Version">The user's version when it was decided: whoever has changed the user since has decided later.</param>
/// <param name="DecideAt">When to decide again because time has passed; null if time alone does not change what was decided.</param>
public sealed record DecidedUser(string Id, long Version, DateTimeOffset? DecideAt);
