using System.Text.Json.Nodes;
using Provisioning.Http;

namespace Provisioning.Connectors.Entra;

/// <summary>Builds and reads users.</summary>
internal sealed class UserBody(EntraSettings settings)
{
    public const string Licences = "licenses";
    public const string Manager = "manager";
    public const string Enabled = "accountEnabled";

    public const string Profile = "passwordProfile";
    private const string Extensions = "onPremisesExtensionAttributes";

    private readonly bool _isExtension = settings.MarkerAttribute.StartsWith("extensionAttribute", StringComparison.Ordinal);

    /// <summary>How a filter names the marker.</summary>
    public string MarkerPath => _isExtension ? $"{Extensions}/{settings.MarkerAttribute}" : settings.MarkerAttribute;

    public JsonObject Create(NewAccount account)
    {
        var body = new JsonObject { [Enabled] = account.Enabled };
        foreach (var (name, value) in account.Attributes)
        {
            if (value is not null && name is not (Licences or Manager))
                Write(body, new AttributeChange(name, null, value));
        }

        // Graph wants a nickname, and the part before the at sign is what everybody takes.
        if (body["mailNickname"] is null && body.Text("userPrincipalName") is { } name2)
            body["mailNickname"] = name2.Split('@')[0];
        // Nobody knows the password, so the user comes in by federation, a pass or a reset.
        body[Profile] ??= Password(RandomPassword.Make().Reveal(), false);
        Mark(body, account.OwnershipMarker);
        return body;
    }

    public JsonObject Patch(AccountDelta delta, Action<string> log)
    {
        var body = new JsonObject();
        foreach (var change in delta.Changes)
        {
            if (change.Attribute == Profile)
                log("a password is only set at creation or by a password operation; the change is left out");
            else if (change.Attribute is not (Licences or Manager))
                Write(body, change);
        }

        if (delta.Marker is { } marker)
            Mark(body, marker);
        if (delta.Enabled is { } enabled)
            body[Enabled] = enabled;
        return body;
    }

    public static JsonObject Password(string password, bool change) =>
        new() { ["password"] = password, ["forceChangePasswordNextSignIn"] = change };

    /// <summary>The properties to read: Graph tells only a few unless asked.</summary>
    public string Select(JsonObject? attributes)
    {
        var mapped = attributes?.Select(attribute => attribute.Key).Where(name => name is not (Licences or Manager or Profile)) ?? [];
        var marker = _isExtension ? Extensions : settings.MarkerAttribute;
        var names = EntraSchema.Selected.Append(marker).Concat(mapped).Distinct(StringComparer.Ordinal);
        return "$select=" + string.Join(',', names.Select(Uri.EscapeDataString));
    }

    /// <summary>The account as a mapping would have written it, or null when it has no id.</summary>
    public Account? Read(JsonObject user)
    {
        if (user.Id() is not { } id)
            return null;
        var attributes = new JsonObject();
        foreach (var (name, value) in user)
        {
            if (value is null || name.Contains('@') || name == settings.MarkerAttribute)
                continue;
            var copy = value.DeepClone();
            if (name == Extensions && copy is JsonObject extensions)
                Clean(extensions);
            if (copy is not JsonObject { Count: 0 })
                attributes[name] = copy;
        }

        return new Account(id, attributes, user.Flag(Enabled)) { OwnershipMarker = Marker(user) };
    }

    public AccountOwnership Judge(JsonObject user, string marker) => Marker(user) switch
    {
        null => AccountOwnership.Unowned,
        var found => found == marker ? AccountOwnership.Ours : AccountOwnership.Foreign,
    };

    private string? Marker(JsonObject user) =>
        (_isExtension ? user[Extensions] as JsonObject : user)?.Text(settings.MarkerAttribute);

    private void Mark(JsonObject body, string marker)
    {
        if (!_isExtension)
            body[settings.MarkerAttribute] = marker;
        else if (body[Extensions] is JsonObject extensions)
            extensions[settings.MarkerAttribute] = marker;
        else
            body[Extensions] = new JsonObject { [settings.MarkerAttribute] = marker };
    }

    private void Clean(JsonObject extensions)
    {
        extensions.Remove(settings.MarkerAttribute);
        foreach (var (name, _) in extensions.Where(part => part.Value is null).ToList())
            extensions.Remove(name);
    }

    private void Write(JsonObject body, AttributeChange change)
    {
        EntraSchema.DemandWritable(change.Attribute);
        if (change.Attribute == settings.MarkerAttribute || change.SubAttribute == settings.MarkerAttribute
            || (change.Value as JsonObject)?.ContainsKey(settings.MarkerAttribute) == true)
            throw new ConnectorException(FailureKind.Rejected, $"'{settings.MarkerAttribute}' keeps the ownership marker and cannot be mapped; choose another markerAttribute");
        var value = change.Value?.DeepClone();
        if (change.SubAttribute is not { } sub)
        {
            body[change.Attribute] = value ?? EntraSchema.Cleared(change.Attribute);
            return;
        }

        if (body[change.Attribute] is not JsonObject owner)
            body[change.Attribute] = owner = [];
        owner[sub] = value;
    }
}
