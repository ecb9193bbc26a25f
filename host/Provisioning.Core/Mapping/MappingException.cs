namespace Provisioning.Core.Mapping;

/// <summary>A mapping that cannot be compiled, or a user that it cannot be applied to.</summary>
public sealed class MappingException(string attribute, string problem) : Exception($"mapping of '{attribute}': {problem}");
