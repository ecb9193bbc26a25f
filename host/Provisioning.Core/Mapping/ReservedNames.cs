using System.Text.Json.Nodes;

namespace Provisioning.Core.Mapping;

/// <summary>
/// Names of the places that the host fills (<see cref="AccountReference"/>, <see cref="GeneratedSecret"/>). An application that writes them into
/// a user could otherwise learn the account ids of others.
/// </summary>
internal static class ReservedNames
{
    private static readonly string[] InJson = [$"\"{AccountReference.Key}\"", $"\"{GeneratedSecret.Key}\""];

    public static bool Has(string name) => name is AccountReference.Key or GeneratedSecret.Key;

    /// <summary>The user as JSON, without such names.</summary>
    public static string Json(JsonObject user)
    {
        var json = user.ToJsonString();
        return Array.Exists(InJson, x => json.Contains(x, StringComparison.Ordinal)) ? MissingParts.Copy(user)?.ToJsonString() ?? "{}" : json;
    }
}
