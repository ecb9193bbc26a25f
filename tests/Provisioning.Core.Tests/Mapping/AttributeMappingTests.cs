using System.Text.Json.Nodes;
using Provisioning.Core.Mapping;

namespace Provisioning.Core.Tests.Mapping;

public sealed class AttributeMappingTests
{
    private const string Ada = """
        {"userName":"ada","name":{"givenName":"Ada","familyName":"Byron"},"active":true,"externalId":"7",
         "emails":[{"value":"ada@corp.example","type":"work"},{"value":"a@home.example","type":"home"}],
         "urn:x:2.0:User":{"department":"R&D","manager":{"value":"42"}}}
        """;

    [Theory]
    [InlineData("user.userName", "\"ada\"")]
    [InlineData("user.name.givenName", "\"Ada\"")]
    [InlineData("user.emails[1].value", "\"a@home.example\"")]
    [InlineData("user[\"urn:x:2.0:User\"].department", "\"R&D\"")]
    [InlineData("user.active", "true")]
    [InlineData("user.emails[9].value", null)]
    [InlineData("user.name.givenName.nothing", null)]
    [InlineData("user.userName.toUpperCase()", "\"ADA\"")]
    [InlineData("user.name.givenName + ' ' + user.name.familyName", "\"Ada Byron\"")]
    [InlineData("user.emails.find(x => x.type === 'home').value", "\"a@home.example\"")]
    [InlineData("user.emails.filter(x => x.type === 'work')", """[{"value":"ada@corp.example","type":"work"}]""")]
    [InlineData("user.nothing?.value", null)]
    [InlineData("user.active ? 1 : 2", "1")]
    [InlineData("({ first: user.userName })", """{"first":"ada"}""")]
    [InlineData("account(user['urn:x:2.0:User'].manager.value)", """{"$account":"42"}""")]
    [InlineData("account(user.nothing)", null)]
    public void When_a_rule_is_an_expression_Should_evaluate_it(string expression, string? expected)
    {
        var result = Map(new JsonObject { ["t"] = expression });
        Assert.True(JsonNode.DeepEquals(expected is null ? null : JsonNode.Parse(expected), result["t"]), result.ToJsonString());
        Assert.Equal(expected is not null, result.ContainsKey("t"));
    }

    [Fact]
    public void When_targets_are_dotted_or_of_an_extension_Should_nest_the_values()
    {
        var result = Map("""{"name.givenName":"user.name.givenName","name.familyName":"user.name.familyName","urn:x:2.0:User:department":"user.userName"}""");
        Assert.Equal("""{"name":{"givenName":"Ada","familyName":"Byron"},"urn:x:2.0:User":{"department":"ada"}}""", result.ToJsonString());
    }

    [Theory]
    [InlineData(null, "ada")]
    [InlineData("""{"t":"first"}""", "first")]
    [InlineData("""{"other":"x"}""", "ada")]
    public void When_a_rule_is_on_create_Should_keep_what_was_mapped_first(string? before, string expected) =>
        Assert.Equal(expected, Map("""{"t":{"expression":"user.userName","on":"create"}}""", before)["t"]!.ToString());

    [Fact]
    public void When_a_rule_is_always_Should_map_anew() =>
        Assert.Equal("ada", Map("""{"t":{"expression":"user.userName","on":"always"}}""", """{"t":"first"}""")["t"]!.ToString());

    [Fact]
    public void When_there_is_no_value_Should_take_the_default_each_time()
    {
        var mapping = AttributeMapping.Compile(Parse("""{"t":{"expression":"user.title","default":["none"],"required":true}}"""));
        Assert.Equal("""{"t":["none"]}""", mapping.Map(Parse(Ada), null).ToJsonString());
        Assert.Equal("""{"t":["none"]}""", mapping.Map(Parse(Ada), null).ToJsonString());
    }

    [Fact]
    public void When_a_required_value_is_missing_Should_name_the_attribute() =>
        Assert.Contains("'t'", Assert.Throws<MappingException>(() => Map("""{"t":{"expression":"user.title","required":true}}""")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("(() => { while (true) {} })()")]
    [InlineData("(() => { for (;;) user.userName += 'x'; })()")]
    [InlineData("(function f() { return f(); })()")]
    public void When_a_script_does_not_end_Should_cut_it_off(string expression) =>
        Assert.Throws<MappingException>(() => Map(new JsonObject { ["t"] = expression }));

    [Theory]
    [InlineData("System.IO.File.ReadAllText('x')")]
    [InlineData("importNamespace('System')")]
    [InlineData("require('fs')")]
    [InlineData("user.GetType().Assembly")]
    [InlineData("process.env")]
    [InlineData("[].constructor.constructor('return 1')()")]
    public void When_a_script_reaches_for_the_host_Should_find_nothing(string expression) =>
        Assert.Throws<MappingException>(() => Map(new JsonObject { ["t"] = expression }));

    [Fact]
    public void When_a_script_writes_Should_leave_the_user_and_other_rules_alone()
    {
        var user = Parse(Ada);
        var mapping = AttributeMapping.Compile(Parse("""{"a":"Array.x = user.userName = 'eve'","b":"(Array.x ?? 'none') + user.userName.trim()"}"""));
        Assert.Equal("noneada", mapping.Map(user, null)["b"]!.ToString());
        Assert.True(JsonNode.DeepEquals(Parse(Ada), user));
    }

    [Theory]
    [InlineData("""{"t":"user..x("}""")]
    [InlineData("""{"t":5}""")]
    [InlineData("""{"t":{"default":"x"}}""")]
    [InlineData("""{"t":{"expression":"user.x","on":"update"}}""")]
    [InlineData("""{"t":{"expression":"user.x","when":"create"}}""")]
    [InlineData("""{"t":{"expression":"user.x","required":"yes"}}""")]
    [InlineData("""{"t":{"expression":{}}}""")]
    [InlineData("""{"t":{"expression":"user.x","on":true}}""")]
    [InlineData("""{"t":"user.x) + (1"}""")]
    [InlineData("""{"t":"globalThis.x"}""")]
    [InlineData("""{"t":"new Uint8Array(1e9).length"}""")]
    [InlineData("""{"t":"this.x"}""")]
    [InlineData("""{"t":"eval('1')"}""")]
    [InlineData("""{"t":""}""")]
    public void When_a_rule_is_wrong_Should_refuse_to_compile(string mapping) =>
        Assert.Throws<MappingException>(() => AttributeMapping.Compile(Parse(mapping)));

    [Fact]
    public void When_there_is_no_mapping_Should_map_one_to_one_without_what_is_ours()
    {
        var user = Parse(Ada);
        user["password"] = "p";
        user["title"] = null;
        user["urn:y:2.0:User"] = new JsonObject { ["manager"] = new JsonObject { ["displayName"] = "no id" } };
        var result = AttributeMapping.Compile(null).Map(user, null);
        Assert.Equal(["userName", "name", "emails", "urn:x:2.0:User"], result.Select(x => x.Key));
        Assert.Equal("""{"department":"R&D","manager":{"value":{"$account":"42"}}}""", result["urn:x:2.0:User"]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.NotNull(user["urn:x:2.0:User"]!["manager"]);
    }

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();

    private static JsonObject Map(string mapping, string? before = null) => Map(Parse(mapping), before);

    private static JsonObject Map(JsonObject mapping, string? before = null) =>
        AttributeMapping.Compile(mapping).Map(Parse(Ada), before is null ? null : Parse(before));
}
