using System.Text.Json.Nodes;

namespace Provisioning.Scim.Tests;

public sealed class MessageTests
{
    [Fact]
    public void Should_write_errors_with_a_text_status()
    {
        var body = ScimError.ToJson(new ScimException(409, "uniqueness", "taken"));
        Assert.Equal("409", (string?)body["status"]);
        Assert.Equal("uniqueness", (string?)body["scimType"]);
        Assert.Equal(ScimSchemas.Error, (string?)body["schemas"]![0]);
        Assert.False(ScimError.ToJson(500, null, null).ContainsKey("scimType"));
    }

    [Fact]
    public void Should_write_pages()
    {
        var body = ScimListResponse.Create([new JsonObject { ["id"] = "1" }], totalResults: 5, startIndex: 3);
        Assert.Equal((5L, 3L, 1), ((long)body["totalResults"]!, (long)body["startIndex"]!, (int)body["itemsPerPage"]!));
        Assert.Equal("1", (string?)body["Resources"]![0]!["id"]);
    }

    [Theory]
    [InlineData("name.familyName", null, "name", "familyName")]
    [InlineData("urn:ietf:params:scim:schemas:core:2.0:User:name.familyName", null, "name", "familyName")]
    [InlineData("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value", ScimSchemas.EnterpriseUser, "manager", "value")]
    [InlineData("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", ScimSchemas.EnterpriseUser, null, null)]
    [InlineData("urn:acme:ext:1.0", "urn:acme:ext:1.0", null, null)]
    [InlineData("emails[type eq \"work\"].value", null, "emails", "value")]
    public void Should_take_paths_apart(string text, string? schema, string? attribute, string? sub)
    {
        var path = ScimPath.Parse(text);
        Assert.Equal((schema, attribute, sub), (path.Schema, path.Attribute, path.SubAttribute));
    }
}
