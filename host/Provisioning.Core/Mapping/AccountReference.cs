using System.Text.Json.Nodes;

namespace Provisioning.Core.Mapping;

/// <summary>
/// A place in desired attributes where the account id of another user belongs (a manager). What a target calls that user is known
/// only when the account is there, so the place is filled at each attempt, and again when that account comes or goes.
/// </summary>
public static class AccountReference
{
    private const string Key = "$account";

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
        foreach (var (name, value) in attributes.ToList())
        {
            if (TargetOf(value) is { } userId)
            {
                if (accounts.TryGetValue(userId, out var account))
                    attributes[name] = account;
                else
                    attributes.Remove(name);
            }
            else if (value is JsonObject complex && In(complex).Count > 0)
            {
                Resolve(complex, accounts);
                if (complex.Count == 0)
                    attributes.Remove(name);
            }
        }
    }

    private static string? TargetOf(JsonNode? node) =>
        node is JsonObject { Count: 1 } place && place[Key] is JsonValue id && id.TryGetValue<string>(out var userId) ? userId : null;

    private static void Collect(JsonNode? node, ref HashSet<string>? found)
    {
        if (node is not JsonObject complex)
            return;
        if (TargetOf(complex) is { } userId)
        {
            (found ??= new HashSet<string>(StringComparer.Ordinal)).Add(userId);
            return;
        }

        foreach (var (_, value) in complex)
            Collect(value, ref found);
    }
}
