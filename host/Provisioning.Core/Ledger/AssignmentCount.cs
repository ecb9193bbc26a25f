namespace Provisioning.Core.Ledger;

public sealed record AssignmentCount(string IdentityProvider, AssignmentStatus Status, long Count);
