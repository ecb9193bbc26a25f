namespace Provisioning.Core.Ledger;

/// <summary>A group names a member that is no user. Nothing was changed.</summary>
public sealed class UnknownMemberException(string userId) : Exception($"there is no user '{userId}'");
