using System.Text.Json.Nodes;

namespace Provisioning.Core.Mapping;

/// <summary>What an account has where nothing is mapped: the user's SCIM attributes, without those that are ours and without secrets.</summary>
internal static class OneToOne
{
    private static readonly string[] Ours = ["schemas", "id", "meta", "externalId", "active", "password", "groups", "manager"];

    public static JsonObject Map(JsonObject user)
    {
        var result = new JsonObject();
        foreach (var (name, value) in user)
        {
            if (Ours.Contains(name, StringComparer.OrdinalIgnoreCase))
                continue;
            if (SecretNames.IsSecret(name))
                continue;
            var copy = MissingParts.Copy(value);
            RemoveSecrets(copy);
            if (copy is JsonObject extension && name.StartsWith("urn:", StringComparison.OrdinalIgnoreCase))
                MapManager(extension);
            if (copy is not (null or JsonObject { Count: 0 }))
                result[name] = copy;
        }

        return result;
    }

    private static void RemoveSecrets(JsonNode? node)
    {
        if (node is JsonArray list)
            foreach (var entry in list)
                RemoveSecrets(entry);
        if (node is not JsonObject complex)
            return;
        foreach (var name in complex.Select(x => x.Key).Where(SecretNames.IsSecret).ToList())
            complex.Remove(name);
        foreach (var (_, part) in complex)
            RemoveSecrets(part);
    }

    // A manager is named by our id, which means nothing at the target.
    private static void MapManager(JsonObject extension)
    {
        if (!extension.Remove("manager", out var manager))
            return;
        var id = manager is JsonObject complex ? complex["value"] : manager;
        if (id is JsonValue text && text.TryGetValue<string>(out var userId) && userId.Length > 0)
            extension["manager"] = new JsonObject { ["value"] = AccountReference.To(userId) };
    }
}
