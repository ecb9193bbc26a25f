using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Provisioning.Convergence.Tests;

/// <summary>As much of PATCH (RFC 7644, 3.5.2) as these tests need; anything else is an error.</summary>
internal static partial class ScimPatches
{
    public static void Apply(JsonObject resource, JsonObject patch)
    {
        foreach (var operation in patch["Operations"]!.AsArray().Select(x => x!.AsObject()))
        {
            var (op, path, value) = (operation["op"]!.ToString().ToLowerInvariant(), operation["path"]?.ToString(), operation["value"]);
            if (path == "members" || path?.StartsWith("members[", StringComparison.Ordinal) == true)
                ApplyMembers(resource, op, path, value);
            else if (path is null)
                foreach (var (name, part) in value!.AsObject())
                    resource[name] = part?.DeepClone();
            else if (op == "remove")
                resource.Remove(path);
            else
                resource[path] = value?.DeepClone();
        }
    }

    private static void ApplyMembers(JsonObject resource, string op, string path, JsonNode? value)
    {
        var members = resource["members"] as JsonArray ?? [];
        var ids = members.Select(x => x!["value"]!.ToString()).ToHashSet(StringComparer.Ordinal);
        var named = Filter().Match(path) is { Success: true } match
            ? [match.Groups[1].Value]
            : (value as JsonArray ?? []).Select(x => x!["value"]!.ToString()).ToArray();
        if (op == "replace")
            ids = [.. named];
        else if (op == "add")
            ids.UnionWith(named);
        else
            ids.ExceptWith(named);
        resource["members"] = new JsonArray([.. ids.Order(StringComparer.Ordinal).Select(x => new JsonObject { ["value"] = x })]);
    }

    [GeneratedRegex("^members\\[value eq \"(.*)\"\\]$")]
    private static partial Regex Filter();
}
