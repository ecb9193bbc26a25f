using System.Text.Json.Nodes;

namespace Provisioning.Connectors;

/// <summary>What identifies an object before its id at the target is known.</summary>
/// <param name="OwnershipMarker">Our stable id, as written at creation.</param>
/// <param name="Name">The value of the unique name: <c>userName</c> for users, <c>displayName</c> for groups.</param>
public sealed record MatchKey(string OwnershipMarker, string Name)
{
    /// <summary>
    /// The attributes the object is to have, for connectors whose unique name is another one (<c>primaryEmail</c>, <c>Username</c> ...);
    /// null when they are not known. <see cref="Name"/> is the fallback.
    /// </summary>
    public JsonObject? Attributes { get; init; }
}
