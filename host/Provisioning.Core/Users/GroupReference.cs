namespace Provisioning.Core.Users;

/// <summary>A group as seen from one of its members.</summary>
/// <param name="ServiceProvider">The service provider that the group belongs to.</param>
/// <param name="IsInherited">The user is a member only because the user is in a group that this group contains.</param>
public sealed record GroupReference(string Id, string DisplayName, string ServiceProvider, bool IsInherited = false);
