using System.Globalization;
using System.Text.Json.Nodes;
using Provisioning.Xacml;

namespace Provisioning.Core.Deciding;

/// <summary>
/// The attributes of WSO2 Identity Server's provisioning requests, so that policies written for it run unchanged. Values are not
/// split at commas as they were there: "Doe, John" is one value.
/// </summary>
internal static class Wso2Vocabulary
{
    public const string Namespace = "http://wso2.org/";
    public const string User = "http://wso2.org/identity/user";
    public const string Sp = "http://wso2.org/identity/sp";
    public const string Idp = "http://wso2.org/identity/idp";
    public const string ActionCategory = "http://wso2.org/identity/identity-action";
    public const string Provisioning = "http://wso2.org/identity/provisioning";
    private const string Tenant = "carbon.super";

    private static readonly Dictionary<string, string> Claims = new(StringComparer.OrdinalIgnoreCase)
    {
        ["userName"] = "username", ["name.givenName"] = "givenname", ["name.familyName"] = "lastname", ["displayName"] = "displayName",
        ["title"] = "title", ["externalId"] = "externalid", ["preferredLanguage"] = "preferredLanguage", ["nickName"] = "nickname",
        ["timezone"] = "timeZone", ["userType"] = "userType", ["profileUrl"] = "url",
    };

    public static void Add(XacmlRequestBuilder builder, AccessFacts facts, DateTimeOffset now)
    {
        builder.Add(User, $"{User}/user-tenant-domain", DataType.String, Tenant);
        builder.Add(User, $"{User}/username", DataType.String, facts.User.UserName);
        AddClaims(builder, facts);
        builder.Add(Sp, $"{Sp}/sp-name", DataType.String, facts.ServiceProvider.Name);
        builder.Add(Sp, "http://wso2.org/identity/auth/sp-tenant-domain", DataType.String, Tenant);
        builder.Add(Idp, $"{Idp}/idp-name", DataType.String, facts.IdentityProvider.Name);
        builder.Add(Idp, $"{Idp}/connector-type", DataType.String, facts.IdentityProvider.Connector);
        builder.Add(ActionCategory, $"{ActionCategory}/action-name", DataType.String, "provisioning");
        builder.AddMany(Provisioning, $"{Provisioning}/claim-group", DataType.String, Memberships(facts));
        builder.Add(Provisioning, $"{Provisioning}/provision-operation", DataType.String, facts.Operation switch { "create" => "POST", "delete" => "DELETE", _ => "PUT" });
        builder.Add(Categories.Environment, "urn:oasis:names:tc:xacml:1.0:environment:environment-id", DataType.String, Tenant);
        Text(builder, now, "current-date", "yyyy/MM/dd");
        Text(builder, now, "current-time", "HH:mm:ss");
        Text(builder, now, "current-dateTime", "yyyy/MM/dd HH:mm:ss");
    }

    private static void AddClaims(XacmlRequestBuilder builder, AccessFacts facts)
    {
        var attributes = facts.User.Attributes;
        foreach (var (path, claim) in Claims)
            if (Get(attributes, path) is { } value)
                Claim(builder, claim, value);
        if (Primary(attributes["emails"]) is { } address)
            Claim(builder, "emailaddress", address);
        foreach (var (_, extension) in attributes.Where(x => x.Value is JsonObject && x.Key.StartsWith("urn:", StringComparison.OrdinalIgnoreCase)))
            foreach (var (name, value) in extension!.AsObject())
                if (value is JsonValue)
                    Claim(builder, name, value.ToString());
        builder.AddMany(User, "http://wso2.org/claims/roles", DataType.String, Memberships(facts));
        builder.AddMany(User, "http://wso2.org/claims/role", DataType.String, Memberships(facts));
    }

    private static string[] Memberships(AccessFacts facts) => [.. facts.Groups.Union(facts.Roles, StringComparer.Ordinal)];

    // The claim has one value where SCIM has a list.
    private static string? Primary(JsonNode? list)
    {
        var values = (list as JsonArray ?? []).Select(x => (IsPrimary: IsTrue((x as JsonObject)?["primary"]), Text: (x is JsonObject complex ? complex["value"] : x)?.ToString()))
            .Where(x => x.Text is { Length: > 0 }).ToList();
        return values.Find(x => x.IsPrimary).Text ?? values.FirstOrDefault().Text;
    }

    private static bool IsTrue(JsonNode? flag) => bool.TryParse(flag?.ToString(), out var value) && value;

    private static void Claim(XacmlRequestBuilder builder, string claim, string value) =>
        builder.Add(User, $"http://wso2.org/claims/{claim}", DataType.String, value);

    private static void Text(XacmlRequestBuilder builder, DateTimeOffset now, string id, string format) => builder.Add(
        Categories.Environment, $"urn:oasis:names:tc:xacml:1.0:environment:{id}", DataType.String, now.ToString(format, CultureInfo.InvariantCulture));

    private static string? Get(JsonObject attributes, string path)
    {
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        return (dot < 0 ? attributes[path] : (attributes[path[..dot]] as JsonObject)?[path[(dot + 1)..]])?.ToString();
    }
}
