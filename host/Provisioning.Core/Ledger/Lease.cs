namespace Provisioning.Core.Ledger;

/// <summary>The right to work on an assignment until a moment.</summary>
public sealed record Lease(string Owner, DateTimeOffset Until);
