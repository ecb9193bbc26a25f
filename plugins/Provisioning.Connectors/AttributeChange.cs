using System.Text.Json.Nodes;

namespace Provisioning.Connectors;

/// <summary>One attribute that changes.</summary>
/// <param name="Attribute">The attribute, as the top-level name in the account's attributes; a schema URN when the attribute is an extension's.</param>
/// <param name="SubAttribute">The sub-attribute of a complex attribute or the attribute of an extension, else null.</param>
/// <param name="Value">The new value (whole, multi-valued attributes included), or null to remove the attribute.</param>
public sealed record AttributeChange(string Attribute, string? SubAttribute, JsonNode? Value);
