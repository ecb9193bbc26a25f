using System.Text.Json.Nodes;
using Provisioning.Scim;

namespace Provisioning.Host.Inbound;

/// <summary>The schemas of what is kept here (RFC 7643, sections 4 and 7). Attributes beyond them are kept too, as they come.</summary>
internal static class SchemaDocuments
{
    public static IReadOnlyList<JsonObject> All(string baseUrl) =>
    [
        Document(ScimSchemas.User, "User", "User Account", baseUrl, [
            Text("userName", "unique name, without regard to case", required: true, uniqueness: "server"),
            Text("externalId", "the id that the client gave", caseExact: true),
            Complex("name", "parts of the name", Text("formatted"), Text("familyName"), Text("givenName"), Text("middleName"), Text("honorificPrefix"), Text("honorificSuffix")),
            Text("displayName"), Text("nickName"), Text("profileUrl"), Text("title"), Text("userType"), Text("preferredLanguage"), Text("locale"), Text("timezone"),
            Of("boolean", "active", "false disables the accounts"),
            List("emails"), List("phoneNumbers"), List("ims"), List("photos"), List("entitlements"), List("roles"), List("x509Certificates"),
            Multiple("addresses", "postal addresses", Text("formatted"), Text("streetAddress"), Text("locality"), Text("region"), Text("postalCode"), Text("country"), Text("type"), Of("boolean", "primary")),
            ReadOnly(Multiple("groups", "groups the user is in", Text("value"), Text("display"))),
        ]),
        Document(ScimSchemas.EnterpriseUser, "EnterpriseUser", "Enterprise User", baseUrl, [
            Text("employeeNumber"), Text("costCenter"), Text("organization"), Text("division"), Text("department"),
            Complex("manager", "another user", Text("value", "id of the manager", caseExact: true), Text("$ref"), Text("displayName")),
        ]),
        Document(ScimSchemas.Group, "Group", "Group", baseUrl, [
            Text("displayName", "unique name, without regard to case", required: true, uniqueness: "server"),
            Text("externalId", "the id that the client gave", caseExact: true),
            Multiple("members", "users in the group", Text("value", "id of a user", caseExact: true), Text("$ref"), Text("display"), Text("type")),
        ]),
    ];

    private static JsonObject Document(string id, string name, string description, string baseUrl, JsonObject[] attributes) => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:Schema"),
        ["id"] = id,
        ["name"] = name,
        ["description"] = description,
        ["attributes"] = new JsonArray(attributes),
        ["meta"] = new JsonObject { ["resourceType"] = "Schema", ["location"] = $"{baseUrl}/scim/v2/Schemas/{id}" },
    };

    private static JsonObject Text(string name, string description = "", bool required = false, string uniqueness = "none", bool caseExact = false)
    {
        var attribute = Of("string", name, description);
        (attribute["required"], attribute["uniqueness"], attribute["caseExact"]) = (required, uniqueness, caseExact);
        return attribute;
    }

    private static JsonObject Of(string type, string name, string description = "") => new()
    {
        ["name"] = name,
        ["type"] = type,
        ["multiValued"] = false,
        ["description"] = description,
        ["required"] = false,
        ["caseExact"] = false,
        ["mutability"] = "readWrite",
        ["returned"] = "default",
        ["uniqueness"] = "none",
    };

    private static JsonObject Complex(string name, string description, params JsonObject[] parts)
    {
        var attribute = Of("complex", name, description);
        attribute["subAttributes"] = new JsonArray(parts);
        return attribute;
    }

    private static JsonObject Multiple(string name, string description, params JsonObject[] parts)
    {
        var attribute = Complex(name, description, parts);
        attribute["multiValued"] = true;
        return attribute;
    }

    private static JsonObject List(string name) => Multiple(name, "", Text("value"), Text("display"), Text("type"), Of("boolean", "primary"));

    private static JsonObject ReadOnly(JsonObject attribute)
    {
        attribute["mutability"] = "readOnly";
        foreach (var part in attribute["subAttributes"]!.AsArray())
            part!["mutability"] = "readOnly";
        return attribute;
    }
}
