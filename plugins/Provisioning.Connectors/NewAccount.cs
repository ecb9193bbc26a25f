using System.Text.Json.Nodes;

namespace Provisioning.Connectors;

/// <summary>An object to create.</summary>
/// <param name="OwnershipMarker">Our stable id for it, to be written where the target can find it again (for example <c>externalId</c>).</param>
/// <param name="Attributes">All mapped attributes by target name.</param>
/// <param name="Enabled">False when the account must start disabled.</param>
public sealed record NewAccount(string OwnershipMarker, JsonObject Attributes, bool Enabled = true);
