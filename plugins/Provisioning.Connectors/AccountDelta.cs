using System.Text.Json.Nodes;

namespace Provisioning.Connectors;

/// <summary>What has to change on one existing account.</summary>
/// <param name="Changes">Only attributes that differ from what was last applied; never empty together with a null <paramref name="Enabled"/>.</param>
/// <param name="Desired">The complete desired attributes, for targets that can only replace a whole object.</param>
/// <param name="Enabled">The wanted state when it changes, else null.</param>
public sealed record AccountDelta(IReadOnlyList<AttributeChange> Changes, JsonObject Desired, bool? Enabled = null);
