using System.Text.Json.Nodes;
using Provisioning.Scim;

namespace Provisioning.Connectors.Scim11;

/// <summary>The names of SCIM 1.1. The host thinks in those of 2.0: the enterprise extension and the manager in it differ.</summary>
internal static class Vocabulary
{
    public const string Core = "urn:scim:schemas:core:1.0";
    public const string Enterprise = "urn:scim:schemas:extension:enterprise:1.0";

    private const string Manager = "manager";

    /// <summary>An attribute as the target names it.</summary>
    public static string ToTarget(string name) => Is(name, ScimSchemas.EnterpriseUser) ? Enterprise : name;

    /// <summary>The value of an attribute as the target has it.</summary>
    public static JsonNode? ToTarget(string name, string? sub, JsonNode? value)
    {
        if (ToTarget(name) != Enterprise || value is not JsonObject complex)
            return value?.DeepClone();
        if (sub is not null)
            return Is(sub, Manager) ? Renamed(complex, "value", "managerId") : value.DeepClone();
        return WithManager(complex, "value", "managerId");
    }

    /// <summary>A resource in the host's names.</summary>
    public static JsonObject FromTarget(JsonObject resource)
    {
        var copy = resource.DeepClone().AsObject();
        if (ScimAttributes.ActualName(copy, Enterprise) is not { } actual || copy[actual] is not JsonObject extension)
            return copy;
        copy.Remove(actual);
        copy[ScimSchemas.EnterpriseUser] = WithManager(extension, "managerId", "value");
        return copy;
    }

    private static JsonObject WithManager(JsonObject extension, string from, string to)
    {
        var copy = extension.DeepClone().AsObject();
        if (ScimAttributes.ActualName(copy, Manager) is { } actual && copy[actual] is JsonObject manager)
            copy[actual] = Renamed(manager, from, to);
        return copy;
    }

    private static JsonObject Renamed(JsonObject complex, string from, string to)
    {
        var copy = complex.DeepClone().AsObject();
        if (ScimAttributes.ActualName(copy, from) is { } actual && copy.Remove(actual, out var value))
            copy[to] = value;
        return copy;
    }

    private static bool Is(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);
}
