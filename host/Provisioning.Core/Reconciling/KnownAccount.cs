namespace Provisioning.Core.Reconciling;

/// <summary>An account that we think exists.</summary>
/// <param name="Settled">Nobody works on it, and it is certain what was done.</param>
public sealed record KnownAccount(
    string AccountId, string AssignmentId, string ResourceName, bool Seen, bool Settled, DateTimeOffset Modified);
