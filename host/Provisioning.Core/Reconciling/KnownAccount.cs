namespace Provisioning.Core.Reconciling;

/// <summary>An account that we think exists.</summary>
/// <param name="Settled">As <see cref="Ledger.Assignment.IsComparable"/>.</param>
public sealed record KnownAccount(
    string AccountId, string AssignmentId, string ResourceName, bool Seen, bool Settled, DateTimeOffset Modified);
