using System.Text.Json.Nodes;

namespace Provisioning.Core.Mapping;

/// <summary>
/// Names of the places that the host fills (<see cref="AccountReference"/>, <see cref="GeneratedSecret"/>). An application that writes them into
/// a user could otherwise learn the account ids of others.
/// </summary>
internal static class ReservedNames
{
    /// <returns>The same user if it has no such name, else a copy without.</returns>
    public static JsonObject Without(JsonObject user)
    {
        if (!AreIn(user))
            return user;
        var copy = user.DeepClone().AsObject();
        RemoveFrom(copy);
        return copy;
    }

    private static bool IsReserved(string name) => name is AccountReference.Key or GeneratedSecret.Key;

    private static bool AreIn(JsonNode? node)
    {
        if (node is JsonObject complex)
        {
            foreach (var (name, value) in complex)
                if (IsReserved(name) || AreIn(value))
                    return true;
        }
        else if (node is JsonArray list)
        {
            foreach (var entry in list)
                if (AreIn(entry))
                    return true;
        }

        return false;
    }

    private static void RemoveFrom(JsonNode? node)
    {
        if (node is JsonObject complex)
        {
            foreach (var name in complex.Select(x => x.Key).Where(IsReserved).ToList())
                complex.Remove(name);
            foreach (var (_, value) in complex)
                RemoveFrom(value);
        }
        else if (node is JsonArray list)
        {
            foreach (var entry in list)
                RemoveFrom(entry);
        }
    }
}
