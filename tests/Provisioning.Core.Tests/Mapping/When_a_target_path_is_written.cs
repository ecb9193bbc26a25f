using System.Text.Json.Nodes;
using Provisioning.Core.Mapping;

namespace Provisioning.Core.Tests.Mapping;

public sealed class When_a_target_path_is_written
{
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    [Theory]
    [InlineData("title", """{"title":1}""")]
    [InlineData("name.givenName", """{"name":{"givenName":1}}""")]
    [InlineData("a.b.c.d", """{"a":{"b":{"c":{"d":1}}}}""")]
    [InlineData(Enterprise + ":manager.value", "{\"" + Enterprise + "\":{\"manager\":{\"value\":1}}}")]
    [InlineData(Enterprise + ":department", "{\"" + Enterprise + "\":{\"department\":1}}")]
    [InlineData(Enterprise, "{\"" + Enterprise + "\":1}")]
    [InlineData(Enterprise + "['manager'].value", "{\"" + Enterprise + "\":{\"manager\":{\"value\":1}}}")]
    [InlineData("[\"" + Enterprise + "\"].manager.value", "{\"" + Enterprise + "\":{\"manager\":{\"value\":1}}}")]
    [InlineData("\"" + Enterprise + "\".manager.value", "{\"" + Enterprise + "\":{\"manager\":{\"value\":1}}}")]
    [InlineData("URN:corp:badge:1.2.3:User:card.serial", """{"URN:corp:badge:1.2.3:User":{"card":{"serial":1}}}""")]
    [InlineData("urn:corp:badge:User:card.serial", """{"urn:corp:badge:User":{"card":{"serial":1}}}""")]
    [InlineData("urn:corp:badge:2.0:User:cards[type eq \"a:b.c\"].serial", """{"urn:corp:badge:2.0:User":{"cards":[{"type":"a:b.c","serial":1}]}}""")]
    [InlineData("urn:ietf:params:scim:schemas:core:2.0:User:name.givenName", """{"name":{"givenName":1}}""")]
    [InlineData("['odd.name'].x", """{"odd.name":{"x":1}}""")]
    [InlineData("\"odd.name\"", """{"odd.name":1}""")]
    [InlineData("a[\"b \\\" c\"]", """{"a":{"b \" c":1}}""")]
    [InlineData("emails[type eq \"work\"].value", """{"emails":[{"type":"work","value":1}]}""")]
    [InlineData("emails[type EQ \"work\" And primary eq TRUE and rank eq -1.5].value", """{"emails":[{"type":"work","primary":true,"rank":-1.5,"value":1}]}""")]
    [InlineData("a.list[ kind eq \"x]y\" ].b.c", """{"a":{"list":[{"kind":"x]y","b":{"c":1}}]}}""")]
    [InlineData("msDS-cloudExtensionAttribute1", """{"msDS-cloudExtensionAttribute1":1}""")]
    [InlineData("userCertificate;binary", """{"userCertificate;binary":1}""")]
    [InlineData("Provisioning_Id__c", """{"Provisioning_Id__c":1}""")]
    public void Should_put_the_value_in_its_place_and_find_it_there(string path, string expected)
    {
        var result = AttributeMapping.Compile(new JsonObject { [path] = "1" }).Map([], null);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), result), result.ToJsonString());
        Assert.Equal("1", TargetPath.Get(result, path)!.ToJsonString());
    }

    [Fact]
    public void Should_fill_one_entry_from_several_rules_and_keep_others_apart()
    {
        var result = Map("""
            {"emails[type eq \"work\"].value":"'w'","emails[type eq \"home\"].value":"'h'","emails[type eq \"work\"].primary":"true",
             "urn:x:2.0:User:manager.value":"'m'","urn:x:2.0:User:manager.displayName":"'M'","urn:x:2.0:User:floor":"4"}
            """);
        Assert.Equal(
            """{"emails":[{"type":"work","value":"w","primary":true},{"type":"home","value":"h"}],"urn:x:2.0:User":{"manager":{"value":"m","displayName":"M"},"floor":4}}""",
            result.ToJsonString());
    }

    [Fact]
    public void Should_make_no_entry_for_what_is_missing() => Assert.Equal("{}", Map("""{"emails[type eq \"work\"].value":"user.emails[0].value","a.b.c":"user.x"}""").ToJsonString());

    [Fact]
    public void Should_add_a_part_to_a_whole_that_comes_first() => Assert.Equal(
        """{"name":{"givenName":"A","formatted":"F"},"emails":[{"value":"e"},{"type":"work","value":"w"}]}""",
        Map("""{"name":"({ givenName: 'A' })","name.formatted":"'F'","emails":"[{ value: 'e' }]","emails[type eq \"work\"].value":"'w'"}""").ToJsonString());

    [Fact]
    public void Should_keep_what_was_mapped_first_in_an_entry() => Assert.Equal(
        """{"emails":[{"type":"work","value":"first"}]}""",
        AttributeMapping.Compile(JsonNode.Parse("""{"emails[type eq \"work\"].value":{"expression":"'now'","on":"create"}}""")!.AsObject())
            .Map([], JsonNode.Parse("""{"emails":[{"type":"home","value":"h"},{"type":"work","value":"first"}]}""")!.AsObject()).ToJsonString());

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a.")]
    [InlineData(".a")]
    [InlineData("a..b")]
    [InlineData("a. b")]
    [InlineData("emails[0].value")]
    [InlineData("emails[].value")]
    [InlineData("emails[type eq \"work\"]")]
    [InlineData("emails[type eq \"work\"]value")]
    [InlineData("emails[type eq \"work\".value")]
    [InlineData("emails[type eq work].value")]
    [InlineData("emails[type ne \"work\"].value")]
    [InlineData("emails[type eq \"work\" or type eq \"home\"].value")]
    [InlineData("emails[type eq \"a\" and type eq \"b\"].value")]
    [InlineData("emails[type pr].value")]
    [InlineData("emails]x")]
    [InlineData("['a")]
    [InlineData("['a'")]
    [InlineData("\"a")]
    [InlineData("\"a\"b")]
    [InlineData("a[b]")]
    [InlineData("urn:x")]
    [InlineData("urn:")]
    [InlineData("urn:x:2.0:User:")]
    [InlineData("urn:x:2.0:User.department")]
    [InlineData("urn:ietf:params:scim:schemas:core:2.0:User")]
    public void Should_refuse_what_is_no_path_in_a_sentence(string path)
    {
        var problem = Assert.Single(MappingCheck.Examine(new JsonObject { [path] = "user.title" }).Problems);
        Assert.Equal(Assert.Throws<MappingException>(() => AttributeMapping.Compile(new JsonObject { [path] = "user.title" })).Message, problem);
        Assert.StartsWith($"mapping of '{path}': ", problem, StringComparison.Ordinal);
        Assert.Null(TargetPath.Get(new JsonObject { [path] = 1 }, path));
    }

    [Theory]
    [InlineData("""{"a.b":"1","['a'].b":"2"}""")]
    [InlineData("""{"name.givenName":"1","name":"user.name"}""")]
    [InlineData("""{"emails[type eq \"work\"].value":"1","emails":"user.emails"}""")]
    [InlineData("""{"emails[type eq \"work\"].value":"1","emails[type eq \"work\"][\"value\"]":"2"}""")]
    public void Should_refuse_rules_that_replace_each_other(string mapping)
    {
        Assert.Single(MappingCheck.Examine(JsonNode.Parse(mapping)!.AsObject()).Problems);
        Assert.Throws<MappingException>(() => Map(mapping));
    }

    [Fact]
    public void Should_say_so_where_a_text_stands_in_the_way() =>
        Assert.Contains("'name.givenName'", Assert.Throws<MappingException>(() => Map("""{"name":"'Ada'","name.givenName":"'Ada'"}""")).Message, StringComparison.Ordinal);

    private static JsonObject Map(string mapping) => AttributeMapping.Compile(JsonNode.Parse(mapping)!.AsObject()).Map([], null);
}
