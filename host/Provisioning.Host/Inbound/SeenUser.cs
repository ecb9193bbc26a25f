using System.Text.Json.Nodes;
using Provisioning.Core.Users;

namespace Provisioning.Host.Inbound;

/// <summary>A user as one caller sees the user.</summary>
/// <param name="User">The stored user.</param>
/// <param name="Attributes">What the caller wrote; for a trusted one what all wrote together. Never mutated.</param>
/// <param name="Version">The ETag: changes when the caller may see a change.</param>
internal sealed record SeenUser(User User, JsonObject Attributes, bool Active, long Version, DateTimeOffset Created, DateTimeOffset Modified)
{
    public string Id => User.Id;
}
