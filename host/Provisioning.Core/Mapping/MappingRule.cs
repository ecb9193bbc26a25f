using System.Text.Json.Nodes;

namespace Provisioning.Core.Mapping;

/// <summary>Target attribute ← expression.</summary>
/// <param name="Target">As it is written.</param>
/// <param name="OnCreateOnly">Kept as first mapped.</param>
internal sealed record MappingRule(
    string Target, TargetPath Path, IMappingExpression Expression, bool OnCreateOnly, bool Required, JsonNode? Default)
{
    /// <summary>Whether the target is a secret, which must not be given in clear.</summary>
    public bool IsSecret { get; } = SecretNames.IsSecret(Path.LastName);
}
