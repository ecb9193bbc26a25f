using System.Text.Json.Nodes;
using Provisioning.Http;

namespace Provisioning.Connectors.Google;

/// <summary>The attributes of the Directory API, revision 20240709.</summary>
internal static class GoogleSchema
{
    private static readonly string[] s_lists =
    [
        "addresses", "emails", "externalIds", "ims", "keywords", "languages", "locations", "organizations", "phones", "posixAccounts",
        "relations", "sshPublicKeys", "websites",
    ];

    private static readonly string[] s_readOnly =
    [
        "agreedToTerms", "creationTime", "customerId", "deletionTime", "etag", "id", "isAdmin", "isDelegatedAdmin", "isEnforcedIn2Sv",
        "isEnrolledIn2Sv", "isMailboxSetup", "kind", "lastLoginTime", "nonEditableAliases", "suspended", "suspensionReason",
        "thumbnailPhotoEtag", "thumbnailPhotoUrl",
    ];

    public static IReadOnlyList<SchemaAttribute> User { get; } =
    [
        new("primaryEmail", SchemaType.Text) { Required = true },
        new("name", SchemaType.Complex) { Required = true },
        new("name.givenName", SchemaType.Text) { Required = true },
        new("name.familyName", SchemaType.Text) { Required = true },
        new("name.displayName", SchemaType.Text),
        new("password", SchemaType.Text) { Description = "only at creation; random when absent" },
        new("hashFunction", SchemaType.Text) { Description = "when the password is a hash: MD5, SHA-1 or crypt" },
        new("changePasswordAtNextLogin", SchemaType.Boolean),
        new("orgUnitPath", SchemaType.Text),
        new("recoveryEmail", SchemaType.Text),
        new("recoveryPhone", SchemaType.Text),
        new("archived", SchemaType.Boolean),
        new("includeInGlobalAddressList", SchemaType.Boolean),
        new("ipWhitelisted", SchemaType.Boolean),
        new(UserBody.Aliases, SchemaType.Text) { MultiValued = true },
        new("gender", SchemaType.Complex),
        new("notes", SchemaType.Complex),
        new("customSchemas", SchemaType.Complex),
        .. s_lists.Select(name => new SchemaAttribute(name, SchemaType.Complex) { MultiValued = true }),
        .. s_readOnly.Select(name => new SchemaAttribute(name, SchemaType.Text) { ReadOnly = true }),
    ];

    public static IReadOnlyList<SchemaAttribute> Group { get; } =
    [
        new("email", SchemaType.Text) { Required = true },
        new("name", SchemaType.Text),
        new(GroupBody.DisplayName, SchemaType.Text) { Description = "another word for name" },
        new("description", SchemaType.Text),
        new("id", SchemaType.Text) { ReadOnly = true },
        new("directMembersCount", SchemaType.Text) { ReadOnly = true },
    ];

    /// <summary>Google ignores what only it may write, and the mapping would seem to work.</summary>
    public static void DemandWritable(string name)
    {
        if (s_readOnly.Contains(name, StringComparer.Ordinal))
            throw new ConnectorException(FailureKind.Rejected, $"the attribute '{name}' is read-only; remove it from the mapping");
    }

    /// <summary>What empties an attribute: null would leave most as they are.</summary>
    public static JsonNode? Cleared(string name)
    {
        if (s_lists.Contains(name, StringComparer.Ordinal))
            return new JsonArray();
        return User.FirstOrDefault(attribute => attribute.Name == name)?.Type switch
        {
            SchemaType.Text => name == "orgUnitPath" ? "/" : "",
            SchemaType.Boolean => false,
            _ => null,
        };
    }

    /// <summary>The fields of one custom schema.</summary>
    public static IEnumerable<SchemaAttribute> Custom(JsonObject schema) => schema.Objects("fields").Select(field =>
        new SchemaAttribute($"customSchemas.{schema.Text("schemaName")}.{field.Text("fieldName")}", field.Text("fieldType") switch
        {
            "BOOL" => SchemaType.Boolean,
            "INT64" or "DOUBLE" => SchemaType.Number,
            "DATE" => SchemaType.DateTime,
            _ => SchemaType.Text,
        })
        {
            MultiValued = field.Flag("multiValued") == true,
        });
}
