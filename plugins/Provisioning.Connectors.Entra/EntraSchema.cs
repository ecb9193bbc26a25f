using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Entra;

/// <summary>The properties of users and groups that provisioning has to do with.</summary>
internal static class EntraSchema
{
    private static readonly string[] s_texts =
    [
        "givenName", "surname", "mail", "jobTitle", "department", "companyName", "employeeId", "employeeType", "officeLocation", "mobilePhone",
        "faxNumber", "streetAddress", "city", "state", "postalCode", "country", "usageLocation", "preferredLanguage", "ageGroup", "consentProvidedForMinor",
        "onPremisesImmutableId", "userType", "passwordPolicies",
    ];

    private static readonly string[] s_lists = ["businessPhones", "otherMails"];

    private static readonly string[] s_readOnly =
        ["id", UserBody.Enabled, "createdDateTime", "deletedDateTime", "proxyAddresses", "imAddresses", "assignedLicenses", "assignedPlans", "creationType", "externalUserState"];

    public static IReadOnlyList<SchemaAttribute> User { get; } =
    [
        new("userPrincipalName", SchemaType.Text) { Required = true },
        new("displayName", SchemaType.Text) { Required = true },
        new("mailNickname", SchemaType.Text) { Description = "the part of userPrincipalName before the at sign when absent" },
        new("passwordProfile", SchemaType.Complex) { Description = "only at creation; random when absent" },
        new("onPremisesExtensionAttributes", SchemaType.Complex),
        new("employeeOrgData", SchemaType.Complex),
        new("employeeHireDate", SchemaType.DateTime),
        new("employeeLeaveDateTime", SchemaType.DateTime),
        new("showInAddressList", SchemaType.Boolean),
        new(UserBody.Manager, SchemaType.Text) { Description = "the account id of the manager" },
        new(UserBody.Licences, SchemaType.Text) { MultiValued = true, Description = "SKU part numbers or ids; needs usageLocation" },
        .. s_texts.Select(name => new SchemaAttribute(name, SchemaType.Text)),
        .. s_lists.Select(name => new SchemaAttribute(name, SchemaType.Text) { MultiValued = true }),
        .. s_readOnly.Select(name => new SchemaAttribute(name, SchemaType.Text) { ReadOnly = true }),
    ];

    public static IReadOnlyList<SchemaAttribute> Group { get; } =
    [
        new("displayName", SchemaType.Text) { Required = true },
        new("description", SchemaType.Text),
        new("mailNickname", SchemaType.Text) { ReadOnly = true, Description = "keeps the ownership marker" },
        new("id", SchemaType.Text) { ReadOnly = true },
    ];

    /// <summary>What is read of every user.</summary>
    public static IReadOnlyList<string> Selected { get; } =
    [
        "id", UserBody.Enabled, "userPrincipalName", "displayName", "mailNickname", "givenName", "surname", "mail", "jobTitle", "department",
        "companyName", "employeeId", "officeLocation", "mobilePhone", "usageLocation", .. s_lists,
    ];

    public static void DemandWritable(string name)
    {
        if (s_readOnly.Contains(name, StringComparer.Ordinal))
            throw new ConnectorException(FailureKind.Rejected, $"the attribute '{name}' is not a mapping's to write; remove it from the mapping");
    }

    /// <summary>What empties an attribute.</summary>
    public static JsonNode? Cleared(string name) => s_lists.Contains(name, StringComparer.Ordinal) ? new JsonArray() : null;
}
