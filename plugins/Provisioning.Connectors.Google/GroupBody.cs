using System.Text;
using System.Text.Json.Nodes;
using Provisioning.Http;

namespace Provisioning.Connectors.Google;

/// <summary>Builds and reads groups. The host names groups by <c>displayName</c>; Google wants an address too.</summary>
internal static class GroupBody
{
    public const string DisplayName = "displayName";

    private const string Description = "description";

    public static JsonObject Create(NewAccount group, GoogleSettings settings)
    {
        var name = group.Attributes.Text("name") ?? group.Attributes.Text(DisplayName);
        var body = new JsonObject
        {
            ["email"] = group.Attributes.Text("email") ?? Address(name ?? "", settings),
            [Description] = OwnershipMark.ForGroup(group.Attributes.Text(Description), group.OwnershipMarker),
        };
        if (name is not null)
            body["name"] = name;
        return body;
    }

    /// <param name="delta">What changes.</param>
    /// <param name="present">The group as it is, whose description keeps the marker; null when neither changes.</param>
    public static JsonObject Patch(AccountDelta delta, JsonObject? present)
    {
        var patch = new JsonObject();
        var (description, found) = OwnershipMark.ReadGroup(present?.Text(Description));
        var marker = delta.Marker ?? found;
        if (delta.Marker is { } wanted && !TouchesDescription(delta.Changes))
            patch[Description] = OwnershipMark.ForGroup(description, wanted);
        foreach (var change in delta.Changes)
        {
            var text = change.Value?.ToString() ?? "";
            switch (change.Attribute)
            {
                case "name" or DisplayName:
                    patch["name"] = text;
                    break;
                case Description:
                    patch[Description] = marker is null ? text : OwnershipMark.ForGroup(text, marker);
                    break;
                case "email":
                    patch["email"] = text;
                    break;
                default:
                    throw new ConnectorException(FailureKind.Rejected, $"a group has no attribute '{change.Attribute}'");
            }
        }

        return patch;
    }

    public static bool TouchesDescription(IEnumerable<AttributeChange> changes) => changes.Any(change => change.Attribute == Description);

    /// <summary>The group as a mapping would have written it, or null when it has no id.</summary>
    public static Account? Read(JsonObject group)
    {
        if (group.Id() is not { } id)
            return null;
        var attributes = group.DeepClone().AsObject();
        if (group.Text("name") is { } name)
            attributes[DisplayName] = name;
        var (description, marker) = OwnershipMark.ReadGroup(group.Text(Description));
        if (marker is not null && description is null)
            attributes.Remove(Description);
        else if (marker is not null)
            attributes[Description] = description;
        return new Account(id, attributes) { OwnershipMarker = marker };
    }

    public static string? Marker(JsonObject group) => OwnershipMark.ReadGroup(group.Text(Description)).Marker;

    /// <summary>The address of a group that has only a name.</summary>
    /// <exception cref="ConnectorException"><see cref="FailureKind.Rejected"/> when no domain is set.</exception>
    public static string Address(string name, GoogleSettings settings)
    {
        if (string.IsNullOrEmpty(settings.GroupDomain))
            throw new ConnectorException(FailureKind.Rejected, $"the group '{name}' has no 'email'; set groupDomain to derive one from the name");
        var local = new StringBuilder();
        foreach (var letter in name.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_')
                local.Append(letter);
            else if (local.Length > 0 && local[^1] != '-')
                local.Append('-');
        }

        var trimmed = local.ToString().Trim('-', '.');
        return trimmed.Length > 0
            ? $"{trimmed}@{settings.GroupDomain}"
            : throw new ConnectorException(FailureKind.Rejected, $"no address can be derived from the group name '{name}'; map 'email'");
    }
}
