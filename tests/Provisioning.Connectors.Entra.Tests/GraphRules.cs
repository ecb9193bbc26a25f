using System.Text.Json;
using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Entra.Tests;

/// <summary>The properties that Graph knows of users and groups, and what it says of others.</summary>
internal static class GraphRules
{
    private static readonly string[] s_lists = ["businessPhones", "otherMails"];

    private static readonly string[] s_objects = ["passwordProfile", "onPremisesExtensionAttributes", "employeeOrgData"];

    private static readonly string[] s_readOnly = ["id", "createdDateTime", "proxyAddresses", "licenseAssignmentStates", "assignedLicenses"];

    private static readonly Dictionary<string, int> s_userTexts = new()
    {
        ["userPrincipalName"] = 113, ["displayName"] = 256, ["mailNickname"] = 64, ["givenName"] = 64, ["surname"] = 64, ["mail"] = 256,
        ["jobTitle"] = 128, ["department"] = 64, ["companyName"] = 64, ["employeeId"] = 16, ["officeLocation"] = 128, ["mobilePhone"] = 64,
        ["usageLocation"] = 2, ["city"] = 128, ["country"] = 128, ["postalCode"] = 40, ["state"] = 128, ["streetAddress"] = 1024,
        ["employeeType"] = 64, ["preferredLanguage"] = 64,
    };

    private static readonly Dictionary<string, int> s_groupTexts = new() { ["displayName"] = 256, ["description"] = 1024, ["mailNickname"] = 64 };

    public static void User(JsonObject body)
    {
        foreach (var (name, value) in body)
        {
            if (s_readOnly.Contains(name))
                throw GraphError.Bad($"Property '{name}' is read-only and cannot be set.");
            if (s_lists.Contains(name))
                Demand(name, value, JsonValueKind.Array);
            else if (s_objects.Contains(name))
                Demand(name, value, JsonValueKind.Object);
            else if (name == "accountEnabled")
                Demand(name, value, JsonValueKind.True, JsonValueKind.False);
            else
                Text(name, value, s_userTexts);
        }

        if (body["passwordProfile"] is JsonObject profile)
            Profile(profile);
        if (body["onPremisesExtensionAttributes"] is JsonObject extensions)
        {
            foreach (var (name, value) in extensions)
                Text(name, value, Enumerable.Range(1, 15).ToDictionary(number => $"extensionAttribute{number}", _ => 1024));
        }
    }

    public static void Group(JsonObject body)
    {
        foreach (var (name, value) in body)
        {
            if (name is "mailEnabled" or "securityEnabled")
                Demand(name, value, JsonValueKind.True, JsonValueKind.False);
            else if (name != "members@odata.bind")
                Text(name, value, s_groupTexts);
        }
    }

    public static void Select(string? select, bool ofUser)
    {
        foreach (var name in select?.Split(',') ?? [])
        {
            var known = ofUser
                ? s_userTexts.ContainsKey(name) || s_lists.Contains(name) || s_objects.Contains(name) || s_readOnly.Contains(name) || name == "accountEnabled"
                : s_groupTexts.ContainsKey(name) || name == "id";
            if (!known)
                throw GraphError.Bad($"Could not find a property named '{name}' on type 'microsoft.graph.{(ofUser ? "user" : "group")}'.");
        }
    }

    public static void Required(JsonObject body, params string[] names)
    {
        foreach (var name in names)
        {
            if (body[name] is null)
                throw GraphError.Bad($"A value is required for property '{name}' of resource.");
        }
    }

    private static void Profile(JsonObject profile)
    {
        if (profile.Any(part => part.Key is not ("password" or "forceChangePasswordNextSignIn" or "forceChangePasswordNextSignInWithMfa")))
            throw GraphError.Bad("Invalid property in 'passwordProfile'.");
        if (profile["password"]?.ToString() is not { Length: >= 8 and <= 256 })
            throw GraphError.Bad("The specified password does not comply with password complexity requirements. Please provide a different password.");
    }

    private static void Text(string name, JsonNode? value, Dictionary<string, int> known)
    {
        if (!known.TryGetValue(name, out var longest))
            throw GraphError.Bad($"Invalid property '{name}'.");
        if (value is null)
            return;
        Demand(name, value, JsonValueKind.String);
        if (value.ToString() is not { } text || text.Length > longest || (text.Length == 0))
            throw GraphError.Bad($"Invalid value specified for property '{name}' of resource.");
    }

    private static void Demand(string name, JsonNode? value, params JsonValueKind[] kinds)
    {
        if (value is null || !kinds.Contains(value.GetValueKind()))
            throw GraphError.Bad($"Invalid value specified for property '{name}' of resource.");
    }
}
