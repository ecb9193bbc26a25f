using System.Text.Json.Nodes;

namespace Provisioning.Connectors;

/// <summary>What has to change on one existing object.</summary>
/// <param name="Changes">
/// Only attributes that differ from what was last applied. May be empty, when only <paramref name="Enabled"/> or <see cref="Marker"/> is to be written.
/// </param>
/// <param name="Desired">The complete desired attributes, for targets that can only replace a whole object.</param>
/// <param name="Enabled">The wanted state when it changes, else null.</param>
public sealed record AccountDelta(IReadOnlyList<AttributeChange> Changes, JsonObject Desired, bool? Enabled = null)
{
    /// <summary>
    /// The ownership marker to write in place of the one that is there, or null to leave what is there. The host sets it when it adopts
    /// an object or takes one over. A connector that writes markers at creation writes this one; another connector ignores it. Contract 1.3.
    /// </summary>
    public string? Marker { get; init; }

    /// <summary>
    /// Our stable id for the object, as in <see cref="NewAccount.OwnershipMarker"/>, whether or not it is to be written now: a target that only takes
    /// whole objects would lose it otherwise. Null from a host before contract 1.3.
    /// </summary>
    public string? OwnershipMarker { get; init; }
}
