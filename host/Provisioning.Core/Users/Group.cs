using System.Text.Json.Nodes;

namespace Provisioning.Core.Users;

/// <summary>A group of users in our user store.</summary>
/// <param name="Attributes">The SCIM resource without <c>id</c>, <c>meta</c> and <c>members</c>. Never mutated.</param>
/// <param name="Members">Ids of users, without duplicates.</param>
/// <param name="ServiceProviders">Names of the service providers that manage the group.</param>
public sealed record Group(
    string Id,
    string DisplayName,
    JsonObject Attributes,
    IReadOnlyList<string> Members,
    IReadOnlyList<string> ServiceProviders,
    long Version,
    DateTimeOffset Created,
    DateTimeOffset Modified);
