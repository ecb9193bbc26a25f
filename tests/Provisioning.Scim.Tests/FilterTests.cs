using System.Text.Json.Nodes;

namespace Provisioning.Scim.Tests;

public sealed class FilterTests
{
    private static readonly JsonObject Ada = JsonNode.Parse("""
        {
          "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
          "id": "A1", "externalId": "E-1", "userName": "Ada@corp.example", "active": true, "loginCount": 7,
          "name": { "familyName": "Byron", "givenName": "Ada" },
          "emails": [ { "value": "ada@corp.example", "type": "work", "primary": true }, { "value": "ada@home.example", "type": "home" } ],
          "tags": ["one", "two"],
          "meta": { "lastModified": "2025-03-01T10:00:00Z" },
          "empty": [],
          "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { "department": "R&D", "manager": { "value": "B2" } }
        }
        """)!.AsObject();

    [Theory]
    [InlineData("userName eq \"ada@CORP.example\"", true)]
    [InlineData("USERNAME EQ \"ada@corp.example\"", true)]
    [InlineData("id eq \"a1\"", false)]
    [InlineData("externalId eq \"E-1\"", true)]
    [InlineData("userName ne \"x\"", true)]
    [InlineData("missing ne \"x\"", true)]
    [InlineData("userName co \"corp\"", true)]
    [InlineData("userName sw \"ada\"", true)]
    [InlineData("userName ew \".example\"", true)]
    [InlineData("name.familyName eq \"byron\"", true)]
    [InlineData("emails.type eq \"home\"", true)]
    [InlineData("emails co \"home.example\"", true)]
    [InlineData("emails.type ne \"home\"", false)]
    [InlineData("emails[type eq \"work\" and value co \"corp\"]", true)]
    [InlineData("emails[type eq \"work\" and value co \"home\"]", false)]
    [InlineData("emails[type eq \"work\" and primary eq \"True\"]", true)]
    [InlineData("emails[not (type eq \"work\")].value eq \"ada@home.example\"", true)]
    [InlineData("tags eq \"two\"", true)]
    [InlineData("tags[value eq \"two\"]", true)]
    [InlineData("active eq true", true)]
    [InlineData("active eq \"False\"", false)]
    [InlineData("active ne true", false)]
    [InlineData("loginCount gt 6 and loginCount le 7.0", true)]
    [InlineData("loginCount lt 7", false)]
    [InlineData("meta.lastModified ge \"2025-03-01T11:00:00+01:00\"", true)]
    [InlineData("meta.lastModified gt \"2025-03-01T10:00:00Z\"", false)]
    [InlineData("userName pr", true)]
    [InlineData("empty pr", false)]
    [InlineData("missing pr", false)]
    [InlineData("missing eq null", true)]
    [InlineData("userName ne null", true)]
    [InlineData("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq \"R&D\"", true)]
    [InlineData("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value eq \"B2\"", true)]
    [InlineData("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value eq \"b2\"", false)]
    [InlineData("urn:ietf:params:scim:schemas:core:2.0:User:userName sw \"ada\"", true)]
    [InlineData("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User pr", true)]
    [InlineData("id eq \"x\" or id eq \"A1\" and active eq false", false)]
    [InlineData("(id eq \"x\" or id eq \"A1\") and not(active eq false)", true)]
    [InlineData("schemas eq \"urn:ietf:params:scim:schemas:core:2.0:User\"", true)]
    public void Should_match_as_the_standard_says(string filter, bool expected) => Assert.Equal(expected, ScimFilter.Parse(filter).Matches(Ada));

    [Theory]
    [InlineData("")]
    [InlineData("userName")]
    [InlineData("userName eq")]
    [InlineData("userName eq ada")]
    [InlineData("userName like \"a\"")]
    [InlineData("userName eq \"a")]
    [InlineData("userName eq \"\\ud800\"")]
    [InlineData("userName eq \"a\" and")]
    [InlineData("(userName eq \"a\"")]
    [InlineData("userName eq \"a\")")]
    [InlineData("emails[type eq \"work\"")]
    [InlineData("active gt true")]
    [InlineData("userName co 5")]
    [InlineData("a.b.c eq 1")]
    [InlineData(".a eq 1")]
    [InlineData("a. eq 1")]
    [InlineData("a: eq 1")]
    [InlineData("1a eq 1")]
    [InlineData("emails[type eq \"work\"]. eq 1")]
    public void Should_refuse_what_the_grammar_does_not_have(string filter)
    {
        var failure = Assert.Throws<ScimException>(() => ScimFilter.Parse(filter));
        Assert.Equal((400, "invalidFilter"), (failure.Status, failure.ScimType));
    }

    [Fact]
    public void Should_bound_length_and_depth()
    {
        Assert.Throws<ScimException>(() => ScimFilter.Parse("a eq \"" + new string('x', ScimFilter.MaxLength) + "\""));
        Assert.Throws<ScimException>(() => ScimFilter.Parse(new string('(', 1000) + "a pr" + new string(')', 1000)));
        Assert.True(ScimFilter.Parse(string.Join(" or ", Enumerable.Repeat("id pr", 500))).Matches(Ada));
    }

    [Theory]
    [InlineData("userName eq \"a\\\"b\"", "userName", "a\"b")]
    [InlineData("name.familyName Eq \"x\"", "name.familyName", "x")]
    [InlineData("(id eq \"x\")", "id", "x")]
    public void Should_tell_a_simple_equality(string filter, string path, string value)
    {
        Assert.True(ScimFilter.Parse(filter).TryGetEquality(out var foundPath, out var foundValue));
        Assert.Equal((path, value), (foundPath, foundValue));
    }

    [Theory]
    [InlineData("userName ne \"a\"")]
    [InlineData("active eq true")]
    [InlineData("id eq \"a\" and id eq \"b\"")]
    public void Should_not_take_others_for_a_simple_equality(string filter) => Assert.False(ScimFilter.Parse(filter).TryGetEquality(out _, out _));

    [Theory]
    [InlineData("plain")]
    [InlineData("quo\"te \\ back")]
    [InlineData("line\nbreak\u0001 žluť 😀")]
    public void Should_read_back_what_it_quotes(string text)
    {
        Assert.True(ScimFilter.Parse($"userName eq {ScimFilter.Quote(text)}").TryGetEquality(out _, out var value));
        Assert.Equal(text, value);
    }
}
