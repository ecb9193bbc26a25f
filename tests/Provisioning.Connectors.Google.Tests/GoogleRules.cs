using System.Text.Json;
using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Google.Tests;

/// <summary>What the Directory API accepts in the bodies of requests.</summary>
internal static class GoogleRules
{
    private static readonly Dictionary<string, JsonValueKind> s_user = new()
    {
        ["primaryEmail"] = JsonValueKind.String, ["name"] = JsonValueKind.Object, ["password"] = JsonValueKind.String,
        ["hashFunction"] = JsonValueKind.String, ["changePasswordAtNextLogin"] = JsonValueKind.True, ["orgUnitPath"] = JsonValueKind.String,
        ["suspended"] = JsonValueKind.True, ["archived"] = JsonValueKind.True, ["includeInGlobalAddressList"] = JsonValueKind.True,
        ["ipWhitelisted"] = JsonValueKind.True, ["recoveryEmail"] = JsonValueKind.String, ["recoveryPhone"] = JsonValueKind.String,
        ["addresses"] = JsonValueKind.Array, ["emails"] = JsonValueKind.Array, ["externalIds"] = JsonValueKind.Array, ["ims"] = JsonValueKind.Array,
        ["keywords"] = JsonValueKind.Array, ["languages"] = JsonValueKind.Array, ["locations"] = JsonValueKind.Array,
        ["organizations"] = JsonValueKind.Array, ["phones"] = JsonValueKind.Array, ["relations"] = JsonValueKind.Array,
        ["websites"] = JsonValueKind.Array, ["gender"] = JsonValueKind.Object, ["notes"] = JsonValueKind.Object, ["customSchemas"] = JsonValueKind.Object,
    };

    private static readonly string[] s_readOnly = ["id", "etag", "kind", "isAdmin", "suspensionReason", "creationTime", "aliases", "customerId"];

    /// <summary>Unknown fields and wrong types are refused; read-only ones are ignored without a word.</summary>
    public static JsonObject User(JsonObject? body)
    {
        var accepted = new JsonObject();
        foreach (var (name, value) in body ?? throw GoogleError.Invalid("Invalid JSON payload received."))
        {
            if (s_readOnly.Contains(name))
                continue;
            if (!s_user.TryGetValue(name, out var kind))
                throw GoogleError.Invalid($"Invalid JSON payload received. Unknown name \"{name}\": Cannot find field.");
            if (value is null)
                continue;
            var actual = value.GetValueKind() == JsonValueKind.False ? JsonValueKind.True : value.GetValueKind();
            if (actual != kind)
                throw GoogleError.Invalid($"Invalid value at '{name}'");
            accepted[name] = value.DeepClone();
        }

        if (accepted["name"] is JsonObject parts)
            Name(parts);
        if (accepted["password"]?.ToString() is { Length: < 8 or > 100 } && accepted["hashFunction"] is null)
            throw GoogleError.Invalid("Invalid Password");
        if (accepted["hashFunction"] is { } hash && hash.ToString() is not ("MD5" or "SHA-1" or "crypt"))
            throw GoogleError.Invalid("Invalid Input: hashFunction");
        foreach (var entry in (accepted["externalIds"] as JsonArray ?? []).OfType<JsonObject>())
            ExternalId(entry);
        return accepted;
    }

    public static void Fields(JsonObject body, params string[] known)
    {
        if (body.Select(field => field.Key).FirstOrDefault(name => !known.Contains(name)) is { } unknown)
            throw GoogleError.Invalid($"Invalid JSON payload received. Unknown name \"{unknown}\": Cannot find field.");
    }

    private static void Name(JsonObject parts)
    {
        Fields(parts, "givenName", "familyName", "displayName", "fullName");
        foreach (var part in (string[])["givenName", "familyName"])
        {
            if (parts[part] is { } value && value.ToString() is { Length: 0 or > 40 })
                throw GoogleError.Invalid($"Invalid Given/Family Name: {(part == "givenName" ? "GivenName" : "FamilyName")}");
        }
    }

    private static void ExternalId(JsonObject entry)
    {
        Fields(entry, "value", "type", "customType");
        var custom = entry["type"]?.ToString() == "custom";
        if (entry["type"]?.ToString() is not ("account" or "custom" or "customer" or "login_id" or "network" or "organization"))
            throw GoogleError.Invalid("Invalid Input: externalIds.type");
        if (custom != (entry["customType"] is not null))
            throw GoogleError.Invalid("Invalid Input: customType goes with type custom");
    }
}
