using System.Text.Json.Nodes;

namespace Provisioning.Core.Mapping;

/// <summary>
/// A place in desired attributes where the account id of another user belongs (a manager). What a target calls that user is known
/// only when the account is there, so the place is filled at each attempt, and again when that account comes or goes.
/// </summary>
public static class AccountReference
{
    internal const string Key = "$account";

    /// <summary>The place for the account of one of our users.</summary>
    public static JsonObject To(string userId) => new() { [Key] = userId };

    /// <summary>Ids of the users that are referred to, without duplicates.</summary>
    public static IReadOnlyCollection<string> In(JsonNode? node)
    {
        HashSet<string>? found = null;
        Collect(node, ref found);
        return found ?? (IReadOnlyCollection<string>)[];
    }

    /// <summary>Puts account ids in their places. A place without an account goes, and what is empty without it goes too.</summary>
    public static void Resolve(JsonObject attributes, IReadOnlyDictionary<string, string> accounts)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        ArgumentNullException.ThrowIfNull(accounts);
        foreach (var (name, value) in attributes.ToList())
        {
            if (TargetOf(value) is { } userId)
                attributes[name] = accounts.GetValueOrDefault(userId);
            else if (In(value).Count > 0 && ResolveParts(value!, accounts) == 0)
                attributes[name] = null;
            else
                continue;
            if (attributes[name] is null)
                attributes.Remove(name);
        }
    }

    private static void Resolve(JsonArray list, IReadOnlyDictionary<string, string> accounts)
    {
        for (var i = list.Count - 1; i >= 0; i--)
        {
            if (TargetOf(list[i]) is { } userId)
                list[i] = accounts.GetValueOrDefault(userId);
            else if (In(list[i]).Count > 0 && ResolveParts(list[i]!, accounts) == 0)
                list[i] = null;
            else
                continue;
            if (list[i] is null)
                list.RemoveAt(i);
        }
    }

    // How many parts are left.
    private static int ResolveParts(JsonNode node, IReadOnlyDictionary<string, string> accounts)
    {
        if (node is JsonArray list)
        {
            Resolve(list, accounts);
            return list.Count;
        }

        var complex = node.AsObject();
        Resolve(complex, accounts);
        return complex.Count;
    }

    private static string? TargetOf(JsonNode? node) =>
        node is JsonObject { Count: 1 } place && place[Key] is JsonValue id && id.TryGetValue<string>(out var userId) ? userId : null;

    private static void Collect(JsonNode? node, ref HashSet<string>? found)
    {
        if (TargetOf(node) is { } userId)
            (found ??= new HashSet<string>(StringComparer.Ordinal)).Add(userId);
        else if (node is JsonObject complex)
            foreach (var (_, value) in complex)
                Collect(value, ref found);
        else if (node is JsonArray list)
            foreach (var entry in list)
                Collect(entry, ref found);
    }
}
