using System.Text.Json.Nodes;

namespace Provisioning.Scim.Tests;

/// <summary>RFC 7643, section 2.1: names ignore case. Sections 2.3 and 4: values have types.</summary>
public sealed class When_a_resource_is_brought_to_its_form
{
    [Theory]
    [InlineData("""{"USERNAME":"ada","Active":false}""", """{"userName":"ada","active":false}""")]
    [InlineData("""{"Emails":[{"Value":"a@b.c","Type":"work","PRIMARY":"True"}]}""", """{"emails":[{"value":"a@b.c","type":"work","primary":true}]}""")]
    [InlineData("""{"Name":{"GIVENNAME":"Ada"}}""", """{"name":{"givenName":"Ada"}}""")]
    [InlineData("""{"URN:ietf:params:scim:schemas:extension:ENTERPRISE:2.0:user":{"Department":"Sales"}}""",
        """{"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"Sales"}}""")]
    [InlineData("""{"urn:ietf:params:scim:schemas:core:2.0:User":{"DisplayName":"Ada"}}""", """{"displayName":"Ada"}""")]
    public void Should_spell_names_as_the_schema_does(string written, string canonical) => Assert.Equal(canonical, Form(written));

    [Theory]
    [InlineData("""{"active":"False"}""", """{"active":false}""")]
    [InlineData("""{"emails":{"value":"a@b.c"}}""", """{"emails":[{"value":"a@b.c"}]}""")]
    [InlineData("""{"emails":["a@b.c"]}""", """{"emails":[{"value":"a@b.c"}]}""")]
    [InlineData("""{"roles":"finance"}""", """{"roles":[{"value":"finance"}]}""")]
    [InlineData("""{"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"manager":"u2","employeeNumber":7}}""",
        """{"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"manager":{"value":"u2"},"employeeNumber":"7"}}""")]
    public void Should_repair_what_can_mean_one_thing_only(string written, string canonical) => Assert.Equal(canonical, Form(written));

    [Theory]
    [InlineData("""{"displayName":{"a":1}}""", "'displayName' must be a text")]
    [InlineData("""{"displayName":["a"]}""", "'displayName' must be a text")]
    [InlineData("""{"displayName":true}""", "'displayName' must be a text")]
    [InlineData("""{"name":"Joe"}""", "'name' must be an object with parts such as 'formatted'")]
    [InlineData("""{"name":{"givenName":[1]}}""", "'name.givenName' must be a text")]
    [InlineData("""{"active":"maybe"}""", "'active' must be true or false")]
    [InlineData("""{"emails":[null]}""", "'emails' must be a list without null")]
    [InlineData("""{"emails":[{"value":{}}]}""", "'emails.value' must be a text")]
    [InlineData("""{"emails":[{"value":"a","primary":true},{"value":"b","primary":true}]}""", "'emails' must be a list with one primary value at most")]
    [InlineData("""{"addresses":["x"]}""", "'addresses' must be a list of objects with parts such as 'formatted'")]
    [InlineData("""{"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":"x"}""", "must be an object: it is the name of a schema")]
    [InlineData("""{"urn:example:Other":"x"}""", "'urn:example:Other' must be an object")]
    [InlineData("""{"displayName":{},"active":7}""", "'displayName' must be a text; 'active' must be true or false")]
    public void Should_refuse_other_types_all_at_once(string written, string message)
    {
        var error = Assert.Throws<ScimException>(() => Form(written));
        Assert.Equal((400, "invalidValue"), (error.Status, error.ScimType));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"shoeSize":43,"Badge":{"Number":[1,null]}}""")]
    [InlineData("""{"urn:example:Other":{"Level":3}}""")]
    [InlineData("""{"title":null}""")]
    public void Should_keep_what_no_schema_defines_and_what_is_null(string written) => Assert.Equal(written, Form(written));

    [Fact]
    public void Should_not_judge_what_was_there_before()
    {
        var before = """{"displayName":{"a":1},"active":true}""";
        Assert.Equal("""{"displayName":{"a":1},"active":false}""", Form("""{"displayName":{"a":1},"active":false}""", before));
        Assert.Throws<ScimException>(() => Form("""{"displayName":{"a":2},"active":false}""", before));
    }

    [Theory]
    [InlineData("""{"Active":false,"active":true}""")]
    [InlineData("""{"active":true,"Active":false}""")]
    public void Should_believe_the_canonical_spelling_where_two_are_stored(string stored) => Assert.Equal("""{"active":true}""", Form(stored));

    [Fact]
    public void Should_leave_what_was_written_as_it_is()
    {
        var written = JsonNode.Parse("""{"Emails":["a@b.c"]}""")!.AsObject();
        CanonicalResource.Of(written, StandardSchemas.User, [StandardSchemas.EnterpriseUser]);
        Assert.Equal("""{"Emails":["a@b.c"]}""", written.ToJsonString());
    }

    private static string Form(string written, string? before = null) => CanonicalResource.Of(
        JsonNode.Parse(written)!.AsObject(), StandardSchemas.User, [StandardSchemas.EnterpriseUser], before is null ? null : JsonNode.Parse(before)!.AsObject()).ToJsonString();
}
