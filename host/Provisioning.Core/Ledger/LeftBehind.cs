namespace Provisioning.Core.Ledger;

/// <summary>What a part of the ledger has of users and groups who do not exist any more, and yet are desired to be present at a target.</summary>
/// <param name="LastId">How far was looked, which may be further than the last one found; null where there was nothing more to look at.</param>
public sealed record LeftBehind(IReadOnlyList<Assignment> Assignments, string? LastId);
