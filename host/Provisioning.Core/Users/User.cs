using System.Text.Json.Nodes;

namespace Provisioning.Core.Users;

/// <summary>A person in our user store.</summary>
/// <param name="Id">Our id, stable for ever; written to targets as the ownership marker.</param>
/// <param name="UserName">Unique without regard to case.</param>
/// <param name="Attributes">The SCIM resource without <c>id</c>, <c>meta</c>, <c>groups</c> and <c>password</c>. Never mutated.</param>
/// <param name="ServiceProviders">Names of the service providers through which the user registered or signed in.</param>
/// <param name="Version">Counts from 1 what changes the user, memberships included; the ETag.</param>
public sealed record User(
    string Id,
    string UserName,
    JsonObject Attributes,
    IReadOnlyList<string> ServiceProviders,
    long Version,
    DateTimeOffset Created,
    DateTimeOffset Modified)
{
    /// <summary>When to decide again because time has passed; null if time alone does not change what was decided.</summary>
    public DateTimeOffset? DecideAt { get; init; }

    public string? ExternalId => Attributes["externalId"]?.ToString();

    /// <summary>False only if SCIM's <c>active</c> says so.</summary>
    public bool Active => Attributes["active"] is not JsonValue value || !value.TryGetValue<bool>(out var active) || active;
}
