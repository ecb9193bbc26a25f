using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Google.Tests;

/// <summary>A group as the fake keeps it.</summary>
internal sealed class FakeGroup(string id, JsonObject body)
{
    public string Id { get; } = id;

    public JsonObject Body { get; } = body;

    /// <summary>Ids of users, in the order they came.</summary>
    public List<string> Members { get; } = [];

    public List<string> Aliases { get; } = [];

    public string Email => Body["email"]!.ToString();

    public bool HasAddress(string address) =>
        Email.Equals(address, StringComparison.OrdinalIgnoreCase) || Aliases.Contains(address, StringComparer.OrdinalIgnoreCase);

    public JsonObject Show()
    {
        var shown = Body.DeepClone().AsObject();
        shown["kind"] = "admin#directory#group";
        shown["id"] = Id;
        shown["directMembersCount"] = $"{Members.Count}";
        return shown;
    }
}
