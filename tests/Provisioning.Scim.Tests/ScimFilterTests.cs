using System.Text.Json.Nodes;
using Provisioning.Scim;

namespace Provisioning.Scim.Tests;

public sealed class ScimFilterTests
{
    private const string Ada = """
        {"id":"A1","externalId":"E1","userName":"Ada@corp.example","active":true,"age":7,
         "name":{"givenName":"Ada","familyName":"O\"Byron"},
         "emails":[{"value":"ada@corp.example","type":"work"},{"value":"x@home.example","type":"home"}],
         "meta":{"lastModified":"2026-01-02T00:00:00Z"},
         "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"R&D"}}
        """;

    [Theory]
    [InlineData("userName eq \"ada@CORP.example\"", true)]
    [InlineData("USERNAME Eq \"ada@corp.example\"", true)]
    [InlineData("id eq \"a1\"", false)]
    [InlineData("name.familyName eq \"o\\\"byron\"", true)]
    [InlineData("active eq true and not (age gt 8)", true)]
    [InlineData("age le 7.0", true)]
    [InlineData("title pr", false)]
    [InlineData("title eq null", true)]
    [InlineData("title ne \"x\"", true)]
    [InlineData("emails co \"home\"", true)]
    [InlineData("emails[type eq \"work\" and value ew \"home.example\"]", false)]
    [InlineData("emails[type eq \"work\" and value sw \"ada\"]", true)]
    [InlineData("emails[type eq \"work\"].value eq \"ADA@corp.example\"", true)]
    [InlineData("emails[type eq \"work\"].value eq \"x@home.example\"", false)]
    [InlineData("emails[type eq \"work\"].value pr and active eq true", true)]
    [InlineData("id eq \"x\" and id eq \"y\" or userName pr", true)]
    [InlineData("id eq \"x\" and (id eq \"y\" or userName pr)", false)]
    [InlineData("meta.lastModified gt \"2026-01-01T23:00:00-01:00\"", false)]
    [InlineData("meta.lastModified ge \"2026-01-01T00:00:00Z\"", true)]
    [InlineData("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq \"r&d\"", true)]
    [InlineData("urn:ietf:params:scim:schemas:core:2.0:User:userName sw \"ada\"", true)]
    public void Should_match(string filter, bool expected) =>
        Assert.Equal(expected, ScimFilter.Parse(filter).Matches(JsonNode.Parse(Ada)!.AsObject()));

    [Theory]
    [InlineData("")]
    [InlineData("userName")]
    [InlineData("userName eq")]
    [InlineData("userName eq \"x")]
    [InlineData("userName like \"x\"")]
    [InlineData("(userName pr")]
    [InlineData("userName pr)")]
    [InlineData("active gt true")]
    [InlineData("emails[a[b pr]]")]
    [InlineData("userName eq \"a\" or")]
    public void Should_refuse(string filter) =>
        Assert.Equal("invalidFilter", Assert.Throws<ScimException>(() => ScimFilter.Parse(filter)).ScimType);

    [Theory]
    [InlineData("userName sw ad", true)]
    [InlineData("(userName eq ada)", true)]
    [InlineData("userName eq eve", false)]
    [InlineData("meta.created gt 2015-10-10T14:38:21.8617979-07:00", true)]
    [InlineData("meta.created gt 2030-10-10T14:38:21Z", false)]
    public void Should_take_words_without_quotes_as_text(string filter, bool expected)
    {
        var user = new JsonObject { ["userName"] = "ada", ["meta"] = new JsonObject { ["created"] = "2026-01-01T00:00:00Z" } };
        Assert.Equal(expected, ScimFilter.Parse(filter).Matches(user));
    }

    [Fact]
    public void Should_bound_depth_and_length()
    {
        Assert.Throws<ScimException>(() => ScimFilter.Parse(new string('(', 60) + "a pr" + new string(')', 60)));
        Assert.Throws<ScimException>(() => ScimFilter.Parse("a eq \"" + new string('x', 9000) + "\""));
    }

    [Fact]
    public void Should_recognize_an_equality()
    {
        Assert.True(ScimFilter.Parse("userName eq " + ScimFilter.Quote("a\"\\b")).TryGetEquality(out var attribute, out var value));
        Assert.Equal(("userName", "a\"\\b"), (attribute, value));
        Assert.False(ScimFilter.Parse("userName ne \"a\"").TryGetEquality(out _, out _));
    }
}
