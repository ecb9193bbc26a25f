using System.Text.Json.Nodes;

namespace Provisioning.Connectors;

/// <summary>An object as the target has it.</summary>
/// <param name="Id">The identifier that the target gave. Never invented by a connector.</param>
/// <param name="Attributes">The attributes by target name, multi-valued ones as arrays. May be empty when the target did not say.</param>
/// <param name="Enabled">Whether the account is enabled, or null when the target did not say.</param>
public sealed record Account(string Id, JsonObject Attributes, bool? Enabled = null)
{
    /// <summary>The ownership marker it carries, ours or somebody else's; null when it carries none, or when the connector did not look.</summary>
    public string? OwnershipMarker { get; init; }
}
