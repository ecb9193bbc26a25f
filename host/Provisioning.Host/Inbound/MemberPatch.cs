using System.Text.Json.Nodes;
using Provisioning.Core.Users;
using Provisioning.Scim;

namespace Provisioning.Host.Inbound;

/// <summary>
/// Sees whether a patch of a group does nothing but let single users join and leave, as most do: such a change is made without reading the members, who
/// may be a hundred thousand.
/// </summary>
internal static class MemberPatch
{
    /// <returns>Null for every other patch, also for one that is wrong: who applies it says why.</returns>
    public static MemberChange? Of(JsonObject patch)
    {
        // Of two operations about one user the later one counts.
        var joins = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var operation in ScimPatch.OperationsOf(patch))
        {
            if (operation is not JsonObject one || ScimAttributes.Text(ScimAttributes.Find(one, "op"))?.ToLowerInvariant() is not ("add" or "remove") || Named(one) is not { } named)
                return null;
            foreach (var (user, isJoining) in named)
                joins[user] = isJoining;
        }

        return new MemberChange([.. joins.Where(x => x.Value).Select(x => x.Key)], [.. joins.Where(x => !x.Value).Select(x => x.Key)]);
    }

    private static List<(string User, bool IsJoining)>? Named(JsonObject operation)
    {
        var isJoining = ScimAttributes.Text(ScimAttributes.Find(operation, "op"))!.Equals("add", StringComparison.OrdinalIgnoreCase);
        var path = ScimAttributes.Text(ScimAttributes.Find(operation, "path"))?.Trim();
        var value = ScimAttributes.Find(operation, "value");
        if (string.IsNullOrEmpty(path) && isJoining && value is JsonObject { Count: 1 } whole)
            (path, value) = ("members", ScimAttributes.Find(whole, "members"));
        if (path is null)
            return null;
        if (path.Equals("members", StringComparison.OrdinalIgnoreCase))
            return Listed(value)?.ConvertAll(x => (x, isJoining));
        return !isJoining && value is null && path.StartsWith("members[", StringComparison.OrdinalIgnoreCase) && path.EndsWith(']') && OneMember(path[8..^1]) is { } user
            ? [(user, false)] : null;
    }

    private static string? OneMember(string filter) =>
        ScimFilter.Parse(filter).TryGetEquality(out var attribute, out var user) && attribute.Equals("value", StringComparison.OrdinalIgnoreCase) ? user : null;

    private static List<string>? Listed(JsonNode? value)
    {
        var entries = value is JsonArray list ? [.. list] : new List<JsonNode?> { value };
        List<string> users = [.. entries.Select(x => ScimAttributes.Text(x is JsonObject complex ? ScimAttributes.Find(complex, "value") : x)).OfType<string>()];
        return users.Count == entries.Count ? users : null;
    }
}
