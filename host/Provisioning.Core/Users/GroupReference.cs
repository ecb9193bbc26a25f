namespace Provisioning.Core.Users;

/// <summary>A group as seen from one of its members.</summary>
/// <param name="ServiceProvider">The service provider that the group belongs to.</param>
public sealed record GroupReference(string Id, string DisplayName, string ServiceProvider);
