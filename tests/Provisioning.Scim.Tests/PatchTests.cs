using System.Text.Json.Nodes;

namespace Provisioning.Scim.Tests;

public sealed class PatchTests
{
    private const string Enterprise = ScimSchemas.EnterpriseUser;

    [Theory]
    // add
    [InlineData("{'a':1}", "{'op':'add','path':'b','value':2}", "{'a':1,'b':2}")]
    [InlineData("{'a':1}", "{'op':'Add','value':{'b':2,'A':3}}", "{'a':3,'b':2}")]
    [InlineData("{'name':{'x':'1'}}", "{'op':'add','path':'name.y','value':'2'}", "{'name':{'x':'1','y':'2'}}")]
    [InlineData("{}", "{'op':'add','path':'name.y','value':'2'}", "{'name':{'y':'2'}}")]
    [InlineData("{}", "{'op':'add','value':{'name.y':'2'}}", "{'name':{'y':'2'}}")]
    [InlineData("{}", "{'op':'add','path':'members','value':[{'value':'1'},{'value':'1'}]}", "{'members':[{'value':'1'}]}")]
    [InlineData("{'members':[{'value':'1'}]}", "{'op':'add','path':'members','value':[{'value':'1','display':'A'},{'value':'2'}]}", "{'members':[{'value':'1','display':'A'},{'value':'2'}]}")]
    [InlineData("{'members':[{'value':'1'}]}", "{'op':'add','path':'members','value':{'value':'2'}}", "{'members':[{'value':'1'},{'value':'2'}]}")]
    [InlineData("{'tags':['a']}", "{'op':'add','path':'tags','value':['a','b']}", "{'tags':['a','b']}")]
    [InlineData("{'emails':[{'value':'a','primary':true}]}", "{'op':'add','path':'emails','value':[{'value':'b','primary':true}]}", "{'emails':[{'value':'a','primary':false},{'value':'b','primary':true}]}")]
    [InlineData("{'emails':[{'value':'a','type':'work'}]}", "{'op':'add','path':'emails','value':[{'value':'a','type':'home'}]}", "{'emails':[{'value':'a','type':'work'},{'value':'a','type':'home'}]}")]
    [InlineData("{}", "{'op':'Add','path':'emails[type eq \\'work\\'].value','value':'a'}", "{'emails':[{'type':'work','value':'a'}]}")]
    // replace
    [InlineData("{'active':true}", "{'op':'Replace','path':'active','value':'False'}", "{'active':false}")]
    [InlineData("{'active':true}", "{'op':'replace','value':{'active':'false'}}", "{'active':false}")]
    [InlineData("{'id':'1','displayName':'a'}", "{'op':'replace','value':{'id':'1','displayName':'b'}}", "{'id':'1','displayName':'b'}")]
    [InlineData("{'name':{'x':'1','y':'2'}}", "{'op':'replace','path':'name','value':{'y':'3'}}", "{'name':{'x':'1','y':'3'}}")]
    [InlineData("{'members':[{'value':'1'}]}", "{'op':'replace','path':'members','value':[{'value':'2'}]}", "{'members':[{'value':'2'}]}")]
    [InlineData("{'emails':[{'value':'a','type':'work'},{'value':'b','type':'home'}]}", "{'op':'replace','path':'emails[type eq \\'work\\'].value','value':'c'}", "{'emails':[{'value':'c','type':'work'},{'value':'b','type':'home'}]}")]
    [InlineData("{'emails':[{'value':'a','primary':true},{'value':'b'}]}", "{'op':'replace','path':'emails[value eq \\'b\\']','value':{'primary':'True'}}", "{'emails':[{'value':'a','primary':false},{'value':'b','primary':true}]}")]
    [InlineData("{'a':1}", "{'op':'replace','path':'a','value':null}", "{}")]
    [InlineData("{'A':1}", "{'op':'replace','path':'a','value':2}", "{'A':2}")]
    // remove
    [InlineData("{'a':1,'b':2}", "{'op':'remove','path':'a'}", "{'b':2}")]
    [InlineData("{'name':{'x':'1','y':'2'}}", "{'op':'remove','path':'name.x'}", "{'name':{'y':'2'}}")]
    [InlineData("{'members':[{'value':'1'},{'value':'2'}]}", "{'op':'remove','path':'members[value eq \\'1\\']'}", "{'members':[{'value':'2'}]}")]
    [InlineData("{'members':[{'value':'1'},{'value':'2'}]}", "{'op':'Remove','path':'members','value':[{'value':'1'},{'value':'9'}]}", "{'members':[{'value':'2'}]}")]
    [InlineData("{'members':[{'value':'1'}]}", "{'op':'remove','path':'members'}", "{}")]
    [InlineData("{'members':[{'value':'1'}]}", "{'op':'remove','path':'members[value eq \\'1\\']'}", "{}")]
    [InlineData("{'a':1}", "{'op':'remove','path':'members[value eq \\'1\\']'}", "{'a':1}")]
    [InlineData("{'emails':[{'value':'a','type':'work'}]}", "{'op':'remove','path':'emails[type eq \\'work\\'].type'}", "{'emails':[{'value':'a'}]}")]
    public void Should_apply_an_operation(string before, string operation, string after) => AssertJson(after, ScimPatch.Apply(Json(before), Patch(operation)));

    [Fact]
    public void Should_keep_schemas_in_step_with_extensions()
    {
        var result = ScimPatch.Apply(
            Json($"{{'schemas':['{ScimSchemas.User}']}}"), Patch($"{{'op':'add','path':'{Enterprise}:department','value':'Ops'}}"));
        AssertJson($"{{'schemas':['{ScimSchemas.User}','{Enterprise}'],'{Enterprise}':{{'department':'Ops'}}}}", result);
        result = ScimPatch.Apply(result, Patch($"{{'op':'replace','path':'{Enterprise}','value':{{'division':'X'}}}}"));
        Assert.Equal("Ops", (string?)result[Enterprise]!["department"]);
        result = ScimPatch.Apply(result, Patch($"{{'op':'remove','path':'{Enterprise}'}}"));
        Assert.Null(result[Enterprise]);
    }

    [Theory]
    [InlineData("{'op':'replace','path':'emails[type eq \\'work\\'].value','value':'c'}", "noTarget")]
    [InlineData("{'op':'remove'}", "noTarget")]
    [InlineData("{'op':'add','path':'a..b','value':1}", "invalidPath")]
    [InlineData("{'op':'add','path':'a'}", "invalidValue")]
    [InlineData("{'op':'add','value':1}", "invalidValue")]
    [InlineData("{'op':'replace','path':'active','value':'maybe'}", "invalidValue")]
    [InlineData("{'op':'add','path':'e','value':[{'value':'a','primary':true},{'value':'b','primary':true}]}", "invalidValue")]
    [InlineData("{'op':'move','path':'a','value':1}", "invalidSyntax")]
    [InlineData("{'path':'a','value':1}", "invalidSyntax")]
    [InlineData("{'op':'replace','path':'id','value':'2'}", "mutability")]
    public void Should_refuse_and_leave_the_resource_alone(string operation, string scimType)
    {
        var resource = Json("{'id':'1'}");
        var patch = Json($"{{'Operations':[{{'op':'add','path':'x','value':1}},{operation}]}}");
        var failure = Assert.Throws<ScimException>(() => ScimPatch.Apply(resource, patch));
        Assert.Equal((400, scimType), (failure.Status, failure.ScimType));
        AssertJson("{'id':'1'}", resource);
    }

    [Fact]
    public void Should_refuse_a_patch_without_operations() => Assert.Throws<ScimException>(() => ScimPatch.Apply([], []));

    [Fact]
    public void Should_add_ten_thousand_members_quickly()
    {
        static JsonArray Members(int from) => new([.. Enumerable.Range(from, 10_000).Select(i => new JsonObject { ["value"] = $"m{i}" })]);
        var group = new JsonObject { ["members"] = Members(0) };
        var patch = new JsonObject { ["Operations"] = new JsonArray(new JsonObject { ["op"] = "add", ["path"] = "members", ["value"] = Members(5_000) }) };
        Assert.Equal(15_000, ScimPatch.Apply(group, patch)["members"]!.AsArray().Count);
    }

    private static JsonObject Json(string text) => JsonNode.Parse(text.Replace("\\'", "\\\"").Replace('\'', '"'))!.AsObject();

    private static JsonObject Patch(string operation) => Json($"{{'schemas':['{ScimSchemas.PatchOp}'],'Operations':[{operation}]}}");

    private static void AssertJson(string expected, JsonObject actual) =>
        Assert.True(JsonNode.DeepEquals(Json(expected), actual), $"expected {expected} but was {actual.ToJsonString()}");
}
