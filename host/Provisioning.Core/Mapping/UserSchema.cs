using Provisioning.Scim;

namespace Provisioning.Core.Mapping;

/// <summary>What expressions can read of a user (RFC 7643, sections 4.1 and 4.3). Further attributes and extensions are possible.</summary>
internal sealed record UserSchema(UserSchema.Kind Type, IReadOnlyDictionary<string, UserSchema> Parts)
{
    private static readonly UserSchema Text = new(Kind.Text, new Dictionary<string, UserSchema>());
    private static readonly UserSchema Flag = new(Kind.Other, new Dictionary<string, UserSchema>());

    internal enum Kind
    {
        Text,
        Complex,
        List,
        Other,
    }

    public static UserSchema Enterprise { get; } = Complex(
        [.. Texts("employeeNumber", "costCenter", "organization", "division", "department"), ("manager", Complex([.. Texts("value", "$ref", "displayName")]))]);

    public static UserSchema User { get; } = Complex(
    [
        .. Texts("userName", "externalId", "displayName", "nickName", "profileUrl", "title", "userType", "preferredLanguage", "locale", "timezone"),
        ("name", Complex([.. Texts("formatted", "familyName", "givenName", "middleName", "honorificPrefix", "honorificSuffix")])),
        ("active", Flag),
        .. Lists("emails", "phoneNumbers", "ims", "photos", "entitlements", "roles", "x509Certificates"),
        ("addresses", List([.. Texts("formatted", "streetAddress", "locality", "region", "postalCode", "country", "type"), ("primary", Flag)])),
        (ScimSchemas.EnterpriseUser, Enterprise),
    ]);

    /// <summary>An entry of the list.</summary>
    public UserSchema Entry => Complex([.. Parts.Select(x => (x.Key, x.Value))]);

    private static UserSchema Complex((string Name, UserSchema Type)[] parts) =>
        new(Kind.Complex, parts.ToDictionary(x => x.Name, x => x.Type, StringComparer.Ordinal));

    private static UserSchema List((string Name, UserSchema Type)[] parts) => Complex(parts) with { Type = Kind.List };

    private static IEnumerable<(string Name, UserSchema Type)> Texts(params string[] names) => names.Select(x => (x, Text));

    private static IEnumerable<(string Name, UserSchema Type)> Lists(params string[] names) =>
        names.Select(x => (x, List([.. Texts("value", "display", "type", "$ref"), ("primary", Flag)])));
}
