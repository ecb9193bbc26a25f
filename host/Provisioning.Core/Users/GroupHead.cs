using System.Text.Json.Nodes;

namespace Provisioning.Core.Users;

/// <summary>A group without its members, who may be very many.</summary>
/// <param name="DisplayName">Unique among the groups of the service provider, without regard to case.</param>
/// <param name="Attributes">The SCIM resource without <c>id</c>, <c>meta</c> and <c>members</c>. Never mutated.</param>
/// <param name="ServiceProvider">The service provider that the group belongs to.</param>
public record GroupHead(
    string Id, string DisplayName, JsonObject Attributes, string ServiceProvider, long Version, DateTimeOffset Created, DateTimeOffset Modified);
