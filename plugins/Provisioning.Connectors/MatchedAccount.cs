namespace Provisioning.Connectors;

/// <summary>An account that a search found.</summary>
/// <param name="Account">The account as it is.</param>
/// <param name="Ownership">Whose it is, as far as its marker tells.</param>
public sealed record MatchedAccount(Account Account, AccountOwnership Ownership);
