namespace Provisioning.Connectors;

/// <summary>Members that come and go, as account ids at the target.</summary>
/// <param name="Add">Account ids to add.</param>
/// <param name="Remove">Account ids to remove.</param>
public sealed record MembershipDelta(IReadOnlyList<string> Add, IReadOnlyList<string> Remove);
