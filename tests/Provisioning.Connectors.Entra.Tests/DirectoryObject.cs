using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Entra.Tests;

/// <summary>A user or a group as the fake keeps it.</summary>
internal sealed class DirectoryObject(JsonObject body, DateTimeOffset created)
{
    public string Id { get; } = Guid.NewGuid().ToString();

    public JsonObject Body { get; } = body;

    public DateTimeOffset Created { get; } = created;

    public string? Password { get; set; }

    public int PasswordWrites { get; set; }

    public int Revocations { get; set; }

    public string? Manager { get; set; }

    /// <summary>The name of an administrator role, if the user holds one.</summary>
    public string? Role { get; set; }

    /// <summary>Ids of subscriptions that the user has directly.</summary>
    public HashSet<string> Licences { get; } = [];

    /// <summary>Ids of members, in the order they came.</summary>
    public List<string> Members { get; } = [];

    /// <summary>Only what is asked for; without asking, not even whether it is enabled.</summary>
    public JsonObject Show(string? select)
    {
        var names = select?.Split(',') ?? ["id", "displayName", "userPrincipalName", "givenName", "surname", "mail", "jobTitle", "mobilePhone", "officeLocation"];
        var shown = new JsonObject();
        foreach (var name in names)
        {
            shown[name] = name switch
            {
                "id" => Id,
                "onPremisesExtensionAttributes" => Extensions(),
                "licenseAssignmentStates" => new JsonArray(
                [
                    .. Licences.Select(sku => (JsonNode)new JsonObject { ["skuId"] = sku, ["assignedByGroup"] = null, ["state"] = "Active" }),
                    new JsonObject { ["skuId"] = FakeEntra.ByGroup, ["assignedByGroup"] = Guid.NewGuid().ToString(), ["state"] = "Active" },
                ]),
                _ => Body[name]?.DeepClone(),
            };
        }

        return shown;
    }

    // All fifteen are told, whether set or not.
    private JsonObject Extensions()
    {
        var all = new JsonObject();
        for (var number = 1; number <= 15; number++)
            all[$"extensionAttribute{number}"] = (Body["onPremisesExtensionAttributes"] as JsonObject)?[$"extensionAttribute{number}"]?.DeepClone();
        return all;
    }
}
