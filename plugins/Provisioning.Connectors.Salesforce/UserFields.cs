using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Provisioning.Http;

namespace Provisioning.Connectors.Salesforce;

/// <summary>Turns attributes into fields of <c>User</c> and back. Profiles and roles are given by name.</summary>
internal sealed partial class UserFields(NameLookup names, SalesforceSettings settings)
{
    public const string Profile = "Profile";
    public const string Role = "UserRole";
    public const string PermissionSets = "PermissionSets";
    public const string Active = "IsActive";
    public const string Username = "Username";
    public const string Nickname = "CommunityNickname";

    private static readonly string[] s_usual =
    [
        "Id", Username, "FirstName", "LastName", "Email", "Alias", Active, Nickname, "ProfileId", "Profile.Name", "UserRoleId", "UserRole.Name", "TimeZoneSidKey",
        "LocaleSidKey", "LanguageLocaleKey", "EmailEncodingKey", "Title", "Department", "FederationIdentifier", "ManagerId",
    ];

    /// <summary>The body of a new user, without permission sets.</summary>
    public async Task<JsonObject> CreateAsync(NewAccount account, CancellationToken cancellationToken)
    {
        var body = new JsonObject { [Active] = account.Enabled };
        foreach (var (name, value) in account.Attributes)
        {
            if (value is not null)
                await WriteAsync(body, name, value, cancellationToken);
        }

        // An upsert has it in the path, and must not have it here.
        if (!settings.Upsert)
            body[settings.MarkerField] = account.OwnershipMarker;
        return body;
    }

    /// <summary>The body of a change, without permission sets; empty when nothing else changes.</summary>
    public async Task<JsonObject> PatchAsync(AccountDelta delta, CancellationToken cancellationToken)
    {
        var body = new JsonObject();
        foreach (var change in delta.Changes)
        {
            if (change.SubAttribute is not null)
                throw new ConnectorException(FailureKind.Rejected, $"'{change.Attribute}.{change.SubAttribute}': fields of Salesforce have no parts");
            await WriteAsync(body, change.Attribute, change.Value, cancellationToken);
        }

        if (delta.Marker is { } marker)
            body[settings.MarkerField] = marker;
        if (delta.Enabled is { } enabled)
            body[Active] = enabled;
        return body;
    }

    /// <summary>The fields to read: the usual ones, the marker and those of the mapping.</summary>
    public string Select(JsonObject? attributes)
    {
        var mapped = attributes?.Select(attribute => attribute.Key).Where(name => name is not (Profile or Role or PermissionSets)) ?? [];
        var fields = s_usual.Append(settings.MarkerField).Concat(mapped).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (fields.Find(field => !Field().IsMatch(field)) is { } strange)
            throw new ConnectorException(FailureKind.Rejected, $"'{strange}' cannot be the name of a field");
        return string.Join(',', fields);
    }

    /// <summary>The user as a mapping would have written it.</summary>
    public static Account Read(JsonObject record)
    {
        var id = record.Id("Id") ?? throw new ConnectorException(FailureKind.Transient, "the listing has a user without an id");
        var attributes = new JsonObject();
        foreach (var (name, value) in record)
        {
            if (name is Profile or Role)
                attributes[name] = (value as JsonObject)?["Name"]?.DeepClone();
            else if (name != "attributes" && value is not null)
                attributes[name] = value.DeepClone();
        }

        return new Account(id, attributes, record.Flag(Active));
    }

    public AccountOwnership Judge(JsonObject record, string marker) => record.Text(settings.MarkerField) switch
    {
        null => AccountOwnership.Unowned,
        var found => found == marker ? AccountOwnership.Ours : AccountOwnership.Foreign,
    };

    private async Task WriteAsync(JsonObject body, string name, JsonNode? value, CancellationToken cancellationToken)
    {
        switch (name)
        {
            case PermissionSets:
                break;
            case Active or "Id":
                throw new ConnectorException(FailureKind.Rejected, $"'{name}' cannot be mapped; accounts are enabled and disabled by the host");
            case var _ when name.Equals(settings.MarkerField, StringComparison.OrdinalIgnoreCase):
                throw new ConnectorException(FailureKind.Rejected, $"'{name}' keeps the ownership marker and cannot be mapped; choose another markerField");
            case Profile:
                body["ProfileId"] = value is null ? null : await names.ProfileAsync(value.ToString(), cancellationToken);
                break;
            case Role:
                body["UserRoleId"] = value is null ? null : await names.RoleAsync(value.ToString(), cancellationToken);
                break;
            default:
                if (value is JsonObject or JsonArray)
                    throw new ConnectorException(FailureKind.Rejected, $"'{name}' has parts or several values, and a field of Salesforce has one");
                body[name] = value?.DeepClone();
                break;
        }
    }

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_]*(\.Name)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Field();
}
