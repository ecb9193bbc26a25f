namespace Provisioning.Scim;

/// <summary>
/// The schemas of users and groups (RFC 7643, sections 3.1, 4 and 8.7.1), once: they are served to clients, judge what clients write, and tell policies
/// and mappings what a user may have. Attributes beyond them are kept as they come.
/// </summary>
public static class StandardSchemas
{
    /// <summary>The core user.</summary>
    public static ResourceSchema User { get; } = new(ScimSchemas.User, "User", "User Account",
    [
        Text("userName") with { Description = "unique name, without regard to case", IsRequired = true, IsUnique = true },
        ExternalId,
        Complex("name", Texts("formatted", "familyName", "givenName", "middleName", "honorificPrefix", "honorificSuffix")) with { Description = "parts of the name" },
        .. Texts("displayName", "nickName"),
        new("profileUrl", ScimType.Reference) { ReferenceTypes = ["external"] },
        .. Texts("title", "userType", "preferredLanguage", "locale", "timezone"),
        new("active", ScimType.Flag) { Description = "false disables the accounts" },
        Values("emails"),
        Values("phoneNumbers"),
        Values("ims"),
        Values("photos", ScimType.Reference),
        Complex("addresses", [.. Texts("formatted", "streetAddress", "locality", "region", "postalCode", "country", "type"), new("primary", ScimType.Flag)]) with
        {
            IsList = true, Description = "postal addresses",
        },
        Complex("groups", [.. Texts("value"), To("User", "Group"), .. Texts("display", "type")]) with { IsList = true, IsReadOnly = true, Description = "groups the user is in" },
        Values("entitlements"),
        Values("roles"),
        Values("x509Certificates", ScimType.Binary),
    ]);

    /// <summary>The enterprise extension of the user.</summary>
    public static ResourceSchema EnterpriseUser { get; } = new(ScimSchemas.EnterpriseUser, "EnterpriseUser", "Enterprise User",
    [
        .. Texts("employeeNumber", "costCenter", "organization", "division", "department"),
        Complex("manager", [Text("value") with { Description = "id of the manager", IsCaseExact = true }, To("User"), .. Texts("displayName")]) with { Description = "another user" },
    ]);

    /// <summary>The core group.</summary>
    public static ResourceSchema Group { get; } = new(ScimSchemas.Group, "Group", "Group",
    [
        Text("displayName") with { Description = "unique name, without regard to case", IsRequired = true, IsUnique = true },
        ExternalId,
        Complex("members", [Text("value") with { Description = "id of a user or a group", IsCaseExact = true }, To("User", "Group"), .. Texts("display", "type")]) with
        {
            IsList = true, Description = "users and groups in the group",
        },
    ]);

    private static SchemaAttribute ExternalId => Text("externalId") with { Description = "the id that the client gave", IsCaseExact = true };

    private static SchemaAttribute Text(string name) => new(name, ScimType.Text);

    private static IEnumerable<SchemaAttribute> Texts(params string[] names) => names.Select(Text);

    private static SchemaAttribute To(params string[] resources) => new("$ref", ScimType.Reference) { ReferenceTypes = resources };

    private static SchemaAttribute Complex(string name, IEnumerable<SchemaAttribute> parts) => new(name, ScimType.Complex) { Parts = [.. parts] };

    private static SchemaAttribute Values(string name, ScimType type = ScimType.Text) =>
        Complex(name, [new("value", type), .. Texts("display", "type"), new("primary", ScimType.Flag)]) with { IsList = true };
}
