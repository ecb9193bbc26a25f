namespace Provisioning.Connectors;

/// <summary>What identifies an object before its id at the target is known.</summary>
/// <param name="OwnershipMarker">Our stable id, as written at creation.</param>
/// <param name="Name">The value of the unique name: <c>userName</c> for users, <c>displayName</c> for groups.</param>
public sealed record MatchKey(string OwnershipMarker, string Name);
