namespace Provisioning.Core.Ledger;

/// <summary>The right to work on an assignment until a moment.</summary>
/// <param name="Node">The host that holds it.</param>
/// <param name="Token">Its own name, never used twice: a lease is recognised by this and by nothing else, also within one host.</param>
/// <param name="Until">When it ends, by the clock of the host that took it.</param>
public sealed record Lease(string Node, string Token, DateTimeOffset Until);
