using System.Text.Json.Nodes;

namespace Provisioning.Core.Mapping;

/// <summary>Target attribute ← expression.</summary>
/// <param name="Target">Dotted for sub-attributes; a schema URN may lead.</param>
/// <param name="OnCreateOnly">Kept as first mapped.</param>
internal sealed record MappingRule(string Target, IMappingExpression Expression, bool OnCreateOnly, bool Required, JsonNode? Default);
