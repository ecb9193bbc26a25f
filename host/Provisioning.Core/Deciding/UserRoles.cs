using System.Text.Json.Nodes;

namespace Provisioning.Core.Deciding;

/// <summary>The roles of a user: values of the multi-valued SCIM attribute <c>roles</c>, whether written as objects or as plain strings.</summary>
public static class UserRoles
{
    public static IReadOnlyList<string> Of(JsonObject user) => user["roles"] switch
    {
        JsonArray roles => [.. roles.Select(ValueOf).OfType<string>()],
        { } role when ValueOf(role) is { } value => [value],
        _ => [],
    };

    private static string? ValueOf(JsonNode? role) => role is JsonObject complex ? complex["value"]?.ToString() : role?.ToString();
}
