using System.Text.Json.Nodes;
using Provisioning.Scim;

namespace Provisioning.Connectors.Scim.Tests;

/// <summary>What the strict server tells about itself.</summary>
internal static class MemoryDescriptions
{
    public static JsonObject? For(string path, TargetRules rules) => path switch
    {
        "ServiceProviderConfig" when rules.TellsFeatures => Configuration(rules),
        "ResourceTypes" => ScimMessages.List([Type("User", ScimSchemas.User, ScimSchemas.EnterpriseUser), Type("Group", ScimSchemas.Group)], 2, 1),
        "Schemas" => ScimMessages.List(Schemas, 3, 1),
        _ => null,
    };

    private static IEnumerable<JsonObject> Schemas =>
    [
        Schema(ScimSchemas.User,
            Attribute("userName", required: true), Attribute("displayName"), Attribute("title"), Attribute("active", "boolean"), Attribute("password"),
            Attribute("groups", "complex", many: true, mutability: "readOnly"), Attribute("emails", "complex", many: true),
            Attribute("name", "complex", parts: [Attribute("givenName"), Attribute("familyName"), Attribute("formatted", mutability: "readOnly")])),
        Schema(ScimSchemas.Group, Attribute("displayName", required: true), Attribute("members", "complex", many: true)),
        Schema(ScimSchemas.EnterpriseUser, Attribute("department"), Attribute("employeeNumber"), Attribute("manager", "complex")),
    ];

    private static JsonObject Configuration(TargetRules rules)
    {
        var configuration = new JsonObject
        {
            ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"),
            ["patch"] = Supported(rules.Patch),
            ["bulk"] = new JsonObject { ["supported"] = rules.BulkOperations > 0, ["maxOperations"] = rules.BulkOperations, ["maxPayloadSize"] = rules.BulkPayload },
            ["filter"] = new JsonObject { ["supported"] = rules.Filter, ["maxResults"] = rules.MostPerPage },
            ["changePassword"] = Supported(rules.ChangePassword),
            ["sort"] = Supported(false),
            ["etag"] = Supported(rules.NeedsVersion),
            ["authenticationSchemes"] = new JsonArray(),
        };
        if (rules.Cursors)
            configuration["pagination"] = new JsonObject { ["cursor"] = true, ["index"] = false, ["maxPageSize"] = rules.MostPerPage };
        return configuration;
    }

    private static JsonObject Supported(bool supported) => new() { ["supported"] = supported };

    private static JsonObject Type(string name, string schema, params string[] extensions) => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:ResourceType"),
        ["id"] = name, ["name"] = name, ["endpoint"] = $"/{name}s", ["schema"] = schema,
        ["schemaExtensions"] = new JsonArray([.. extensions.Select(urn => (JsonNode)new JsonObject { ["schema"] = urn, ["required"] = false })]),
    };

    private static JsonObject Schema(string urn, params JsonObject[] attributes) => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:Schema"), ["id"] = urn, ["attributes"] = new JsonArray([.. attributes]),
    };

    private static JsonObject Attribute(
        string name, string type = "string", bool required = false, bool many = false, string mutability = "readWrite", JsonObject[]? parts = null)
    {
        var attribute = new JsonObject
        {
            ["name"] = name, ["type"] = type, ["required"] = required, ["multiValued"] = many, ["mutability"] = mutability,
        };
        if (parts is not null)
            attribute["subAttributes"] = new JsonArray([.. parts]);
        return attribute;
    }
}
