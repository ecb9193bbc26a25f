using System.Text.Json.Nodes;
using Provisioning.Http;

namespace Provisioning.Connectors.Entra;

/// <summary>Builds and reads security groups. The mail nickname, which means nothing to them, keeps our marker.</summary>
internal static class GroupBody
{
    public const string Select = "$select=id,displayName,description,mailNickname";

    private const string Nickname = "mailNickname";
    private const string Prefix = "provisioning-";

    public static JsonObject Create(NewAccount group)
    {
        var body = new JsonObject
        {
            ["mailEnabled"] = false,
            ["securityEnabled"] = true,
            [Nickname] = Marker(group.OwnershipMarker),
        };
        foreach (var (name, value) in group.Attributes)
        {
            if (value is not null)
                Write(body, name, value);
        }

        return body;
    }

    public static JsonObject Patch(AccountDelta delta)
    {
        var body = new JsonObject();
        foreach (var change in delta.Changes)
            Write(body, change.Attribute, change.Value);
        if (delta.Marker is { } marker)
            body[Nickname] = Marker(marker);
        return body;
    }

    public static Account? Read(JsonObject group)
    {
        if (group.Id() is not { } id)
            return null;
        var attributes = new JsonObject();
        foreach (var name in (string[])["displayName", "description", Nickname])
        {
            if (group.Text(name) is { } value)
                attributes[name] = value;
        }

        return new Account(id, attributes);
    }

    public static AccountOwnership Judge(JsonObject group, string marker) => group.Text(Nickname) switch
    {
        { } found when found == Marker(marker) => AccountOwnership.Ours,
        { } found when found.StartsWith(Prefix, StringComparison.Ordinal) => AccountOwnership.Foreign,
        _ => AccountOwnership.Unowned,
    };

    /// <summary>A nickname takes 64 characters of ASCII.</summary>
    public static string Marker(string marker) => Prefix + string.Concat(marker.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'));

    private static void Write(JsonObject body, string name, JsonNode? value)
    {
        if (name is not ("displayName" or "description"))
            throw new ConnectorException(FailureKind.Rejected, $"a group has no attribute '{name}' to write");
        body[name] = value?.DeepClone();
    }
}
