using System.Text.Json.Nodes;
using Provisioning.Scim;

namespace Provisioning.Scim.Tests;

public sealed class ScimPatchTests
{
    [Theory]
    [InlineData("""{"active":true}""", """{"op":"Replace","path":"active","value":"False"}""", """{"active":false}""")]
    [InlineData("""{"active":true}""", """{"op":"replace","value":{"active":"False","name.givenName":"A"}}""", """{"active":false,"name":{"givenName":"A"}}""")]
    [InlineData("""{"active":true}""", """{"op":"Replace","path":"active","value":[{"value":"False"}]}""", """{"active":false}""")]
    [InlineData("{}", """{"op":"add","value":{"active":["True"]}}""", """{"active":true}""")]
    [InlineData("""{"x":["a","b","a"]}""", """{"op":"replace","path":"x[value eq \"a\"]","value":"c"}""", """{"x":["c","b","c"]}""")]
    [InlineData("""{"x":[null,"a"]}""", """{"op":"remove","path":"x[value eq \"a\"]"}""", """{"x":[null]}""")]
    [InlineData("""{"x":[{"value":true},{"value":"True"}]}""", """{"op":"remove","path":"x[value eq \"true\"]"}""", "{}")]
    [InlineData("""{"x":[{"value":["a","b"]},{"value":"b"},{"value":"c"}]}""", """{"op":"remove","path":"x[value eq \"B\"]"}""", """{"x":[{"value":"c"}]}""")]
    [InlineData("""{"name":{"a":"1","b":"2"}}""", """{"op":"replace","path":"NAME.b","value":"3"}""", """{"name":{"a":"1","b":"3"}}""")]
    [InlineData("""{"name":{"a":"1","b":"2"}}""", """{"op":"replace","path":"name","value":{"b":"3"}}""", """{"name":{"a":"1","b":"3"}}""")]
    [InlineData("""{"emails":[{"type":"work","value":"a"},{"type":"home","value":"b"}]}""", """{"op":"replace","path":"emails[type eq \"work\"].value","value":"c"}""", """{"emails":[{"type":"work","value":"c"},{"type":"home","value":"b"}]}""")]
    [InlineData("{}", """{"op":"add","path":"emails[type eq \"work\"].value","value":"c"}""", """{"emails":[{"type":"work","value":"c"}]}""")]
    [InlineData("""{"members":[{"value":"1"}]}""", """{"op":"add","path":"members","value":[{"value":"1"},{"value":"2"}]}""", """{"members":[{"value":"1"},{"value":"2"}]}""")]
    [InlineData("""{"members":[{"value":"1"},{"value":"2"}]}""", """{"op":"Remove","path":"members","value":[{"value":"1"}]}""", """{"members":[{"value":"2"}]}""")]
    [InlineData("""{"members":[{"value":"1"}]}""", """{"op":"remove","path":"members[value eq \"1\"]"}""", "{}")]
    [InlineData("""{"schemas":[]}""", """{"op":"add","path":"urn:x:2.0:User:department","value":"R"}""", """{"schemas":["urn:x:2.0:User"],"urn:x:2.0:User":{"department":"R"}}""")]
    [InlineData("""{"urn:x:2.0:User":{"department":"R"}}""", """{"op":"remove","path":"urn:x:2.0:User:department"}""", "{}")]
    [InlineData("""{"emails":[{"value":"a","primary":true}]}""", """{"op":"add","path":"emails","value":{"value":"b","primary":true}}""", """{"emails":[{"value":"a","primary":false},{"value":"b","primary":true}]}""")]
    [InlineData("""{"title":"x"}""", """{"op":"remove","path":"title"}""", "{}")]
    [InlineData("""{"members":[{"value":"1"}]}""", """{"op":"remove","path":"members[value eq \"9\"]"}""", """{"members":[{"value":"1"}]}""")]
    [InlineData("{}", """{"op":"remove","path":"members[value eq \"9\"]"}""", "{}")]
    [InlineData("{}", """{"op":"Replace","path":"phoneNumbers[type eq \"mobile\"].value","value":"+49 1"}""", """{"phoneNumbers":[{"type":"mobile","value":"+49 1"}]}""")]
    [InlineData("{}", """{"op":"Replace","path":"addresses[type eq \"work\"]","value":{"locality":"Rome"}}""", """{"addresses":[{"type":"work","locality":"Rome"}]}""")]
    [InlineData("""{"emails":[{"type":"home","value":"b"}]}""", """{"op":"replace","value":{"emails[type eq \"work\"].value":"c"}}""", """{"emails":[{"type":"home","value":"b"},{"type":"work","value":"c"}]}""")]
    [InlineData("{}", """{"op":"add","path":"roles[primary eq \"True\"].value","value":"x"}""", """{"roles":[{"primary":true,"value":"x"}]}""")]
    public void Should_apply(string resource, string operation, string expected) =>
        Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), Apply(resource, operation).ToJsonString());

    [Theory]
    [InlineData("""{"op":"remove"}""", "noTarget")]
    [InlineData("""{"op":"replace","path":"emails[type co \"work\"].value","value":"x"}""", "noTarget")]
    [InlineData("""{"op":"replace","path":"members[value eq \"9\"].display","value":"x"}""", "noTarget")]
    [InlineData("""{"op":"add","path":"a..b","value":"x"}""", "invalidPath")]
    [InlineData("""{"op":"add","path":"emails[type eq","value":"x"}""", "invalidPath")]
    [InlineData("""{"op":"add","path":"title"}""", "invalidValue")]
    [InlineData("""{"op":"replace","path":"active","value":"maybe"}""", "invalidValue")]
    [InlineData("""{"op":"replace","path":"active","value":[{"value":"False"},{"value":"True"}]}""", "invalidValue")]
    [InlineData("""{"op":"replace","value":"x"}""", "invalidValue")]
    [InlineData("""{"op":"move","path":"a","value":"x"}""", "invalidSyntax")]
    [InlineData("""{"op":"replace","path":"id","value":"x"}""", "mutability")]
    public void Should_refuse(string operation, string type) =>
        Assert.Equal(type, Assert.Throws<ScimException>(() => Apply("{}", operation)).ScimType);

    [Fact]
    public void When_one_operation_fails_nothing_changes()
    {
        var resource = JsonNode.Parse("""{"title":"x"}""")!.AsObject();
        var patch = Patch("""{"op":"replace","path":"title","value":"y"},{"op":"remove"}""");
        Assert.Throws<ScimException>(() => ScimPatch.Apply(resource, patch));
        Assert.Equal("""{"title":"x"}""", resource.ToJsonString());
    }

    private static JsonObject Apply(string resource, string operation) => ScimPatch.Apply(JsonNode.Parse(resource)!.AsObject(), Patch(operation));

    private static JsonObject Patch(string operations) =>
        JsonNode.Parse($$"""{"schemas":["{{ScimSchemas.PatchOp}}"],"Operations":[{{operations}}]}""")!.AsObject();
}
