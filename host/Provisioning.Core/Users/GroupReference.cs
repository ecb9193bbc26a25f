namespace Provisioning.Core.Users;

/// <summary>A group as seen from one of its members.</summary>
public sealed record GroupReference(string Id, string DisplayName);
