using System.Text.Json.Nodes;

namespace Provisioning.Core.Users;

/// <summary>A group of users in our user store.</summary>
/// <param name="DisplayName">Unique among the groups of the service provider, without regard to case.</param>
/// <param name="Attributes">The SCIM resource without <c>id</c>, <c>meta</c> and <c>members</c>. Never mutated.</param>
/// <param name="Members">Ids of users, without duplicates.</param>
/// <param name="ServiceProvider">The service provider that the group belongs to.</param>
public sealed record Group(
    string Id,
    string DisplayName,
    JsonObject Attributes,
    IReadOnlyList<string> Members,
    string ServiceProvider,
    long Version,
    DateTimeOffset Created,
    DateTimeOffset Modified);
