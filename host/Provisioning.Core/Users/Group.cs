using System.Text.Json.Nodes;

namespace Provisioning.Core.Users;

/// <summary>A group of users in our user store.</summary>
/// <param name="Members">Ids of users, without duplicates.</param>
/// <inheritdoc cref="GroupHead" path="/param" />
public sealed record Group(
    string Id,
    string DisplayName,
    JsonObject Attributes,
    IReadOnlyList<string> Members,
    string ServiceProvider,
    long Version,
    DateTimeOffset Created,
    DateTimeOffset Modified)
    : GroupHead(Id, DisplayName, Attributes, ServiceProvider, Version, Created, Modified);
