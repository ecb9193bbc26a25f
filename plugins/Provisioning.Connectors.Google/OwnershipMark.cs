using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Provisioning.Http;

namespace Provisioning.Connectors.Google;

/// <summary>Where our stable id is kept: an external id of a user, the end of the description of a group.</summary>
internal static partial class OwnershipMark
{
    private const string Type = "provisioning";

    public static JsonObject ForUser(string marker) => new() { ["value"] = marker, ["type"] = "custom", ["customType"] = Type };

    public static bool IsMark(JsonNode? externalId) => externalId is JsonObject entry && entry.Text("customType") == Type;

    public static string? ReadUser(JsonObject user) =>
        user.Objects("externalIds").Where(IsMark).Select(entry => entry.Text("value")).FirstOrDefault();

    public static string ForGroup(string? description, string marker) =>
        string.IsNullOrEmpty(description) ? $"[{Type}:{marker}]" : $"{description} [{Type}:{marker}]";

    /// <summary>The description as people wrote it, and our marker if it has one.</summary>
    public static (string? Description, string? Marker) ReadGroup(string? description)
    {
        if (description is null || Mark().Match(description) is not { Success: true } mark)
            return (description, null);
        var text = description[..mark.Index];
        return (text.Length == 0 ? null : text, mark.Groups[1].Value);
    }

    public static AccountOwnership Judge(string? found, string ours) =>
        found is null ? AccountOwnership.Unowned : found == ours ? AccountOwnership.Ours : AccountOwnership.Foreign;

    [GeneratedRegex(@" ?\[provisioning:([^\]\s]+)\]\z", RegexOptions.CultureInvariant)]
    private static partial Regex Mark();
}
