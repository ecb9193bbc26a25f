using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Google.Tests;

/// <summary>A user as the fake keeps it.</summary>
internal sealed class FakeUser(string id, JsonObject body, DateTimeOffset created)
{
    public string Id { get; } = id;

    public JsonObject Body { get; } = body;

    public DateTimeOffset Created { get; } = created;

    public DateTimeOffset? Deleted { get; set; }

    public string Password { get; set; } = "";

    /// <summary>How often a request set the password.</summary>
    public int PasswordWrites { get; set; }

    public int SignOuts { get; set; }

    public List<string> Aliases { get; } = [];

    public string PrimaryEmail => Body["primaryEmail"]!.ToString();

    public bool HasAddress(string address) =>
        PrimaryEmail.Equals(address, StringComparison.OrdinalIgnoreCase) || Aliases.Contains(address, StringComparer.OrdinalIgnoreCase);

    public JsonObject Show()
    {
        var shown = Body.DeepClone().AsObject();
        var name = shown["name"]!.AsObject();
        name["fullName"] = $"{name["givenName"]} {name["familyName"]}";
        shown["kind"] = "admin#directory#user";
        shown["id"] = Id;
        shown["etag"] = $"\"{Id}\"";
        shown["isAdmin"] = false;
        shown["creationTime"] = Created.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
        if (Aliases.Count > 0)
            shown["aliases"] = new JsonArray([.. Aliases.Select(alias => JsonValue.Create(alias))]);
        return shown;
    }
}
