using System.Text.Json.Nodes;

namespace Provisioning.Core.Mapping;

internal interface IMappingExpression
{
    /// <summary>A fresh node, or null when there is no value.</summary>
    JsonNode? Evaluate(JsonObject user);
}
