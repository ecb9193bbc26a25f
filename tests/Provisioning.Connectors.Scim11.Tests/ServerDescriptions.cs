using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Scim11.Tests;

/// <summary>What the strict server tells about itself.</summary>
internal static class ServerDescriptions
{
    public static JsonObject Configuration(ServerRules rules) => new()
    {
        ["schemas"] = new JsonArray(StrictServer.Core),
        ["patch"] = Supported(rules.Patch),
        ["bulk"] = Supported(false),
        ["filter"] = Supported(rules.Filter),
        ["changePassword"] = Supported(true),
        ["sort"] = Supported(false),
        ["etag"] = Supported(rules.NeedsVersion),
        ["xmlDataFormat"] = Supported(false),
        ["authenticationSchemes"] = new JsonArray(new JsonObject { ["name"] = "HTTP Basic", ["type"] = "httpbasic" }),
    };

    public static JsonObject Schema(string kind) => new()
    {
        ["id"] = $"{StrictServer.Core}:{kind.TrimEnd('s')}", ["name"] = kind.TrimEnd('s'), ["schema"] = StrictServer.Core, ["endpoint"] = "/" + kind,
        ["attributes"] = kind == "Users"
            ? new JsonArray(
                Attribute("id", readOnly: true), Attribute("userName", required: true), Attribute("displayName"), Attribute("title"), Attribute("active", "boolean"),
                Attribute("emails", "complex", many: true),
                Attribute("name", "complex", parts: [Attribute("givenName"), Attribute("familyName")]),
                Attribute("department", schema: StrictServer.Enterprise), Attribute("manager", "complex", schema: StrictServer.Enterprise))
            : new JsonArray(Attribute("displayName", required: true), Attribute("members", "complex", many: true)),
    };

    private static JsonObject Supported(bool supported) => new() { ["supported"] = supported };

    private static JsonObject Attribute(
        string name, string type = "string", bool many = false, bool required = false, bool readOnly = false, string schema = StrictServer.Core, JsonObject[]? parts = null)
    {
        var attribute = new JsonObject
        {
            ["name"] = name, ["type"] = type, ["multiValued"] = many, ["schema"] = schema, ["readOnly"] = readOnly, ["required"] = required, ["caseExact"] = false,
        };
        if (parts is not null)
            attribute["subAttributes"] = new JsonArray([.. parts]);
        return attribute;
    }
}
