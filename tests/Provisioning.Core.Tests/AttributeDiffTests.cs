using System.Text.Json.Nodes;
using Provisioning.Core.Converging;

namespace Provisioning.Core.Tests;

public sealed class AttributeDiffTests
{
    [Theory]
    [InlineData("""{"a":"1","b":{"c":[1,2]}}""", """{"b":{"c":[1,2]},"a":"1"}""", "")]
    [InlineData(null, """{"a":"1"}""", "a=\"1\"")]
    [InlineData("{}", """{"a":{"b":"1"}}""", "a={\"b\":\"1\"}")]
    [InlineData("""{"a":"1","b":"2"}""", """{"a":"1","b":"3"}""", "b=\"3\"")]
    [InlineData("""{"a":"1","b":"2"}""", """{"a":"1"}""", "b=null")]
    [InlineData("""{"a":null}""", "{}", "")]
    [InlineData("""{"urn:x:User":{"m":{"v":"1"},"d":"2"}}""", "{}", "urn:x:User.m=null;urn:x:User.d=null")]
    [InlineData("""{"n":{"g":"A","f":"B","m":"C"}}""", """{"n":{"g":"A","f":"X"}}""", "n.f=\"X\";n.m=null")]
    [InlineData("""{"n":{"g":"A"}}""", """{"n":{"g":"A","f":"B"}}""", "n.f=\"B\"")]
    [InlineData("""{"e":[{"v":"1"},{"v":"2"}]}""", """{"e":[{"v":"1"},{"v":"3"}]}""", "e=[{\"v\":\"1\"},{\"v\":\"3\"}]")]
    [InlineData("""{"n":"text"}""", """{"n":{"g":"A"}}""", "n={\"g\":\"A\"}")]
    [InlineData("""{"e":[{"v":"1","t":"w"},{"v":"2"}]}""", """{"e":[{"v":"2"},{"t":"w","v":"1"}]}""", "")]
    [InlineData("""{"t":["a","b"],"n":{"l":[1,2]},"urn:x:User":{"r":["a","b"]}}""", """{"t":["b","a"],"n":{"l":[2,1]},"urn:x:User":{"r":["b","a"]}}""", "")]
    [InlineData("""{"t":["a","b","b"]}""", """{"t":["b","a","a"]}""", "t=[\"b\",\"a\",\"a\"]")]
    [InlineData("""{"t":["a","A"]}""", """{"t":["a","a"]}""", "t=[\"a\",\"a\"]")]
    [InlineData("""{"t":[[1,2],[3,4]]}""", """{"t":[[2,1],[3,4]]}""", "t=[[2,1],[3,4]]")]
    [InlineData("""{"t":[[1,2],[3,4]]}""", """{"t":[[3,4],[1,2]]}""", "t=[[3,4],[1,2]]")]
    [InlineData("""{"t":[{"p":["a","b"]},1]}""", """{"t":[1,{"p":["b","a"]}]}""", "")]
    public void When_applied_and_desired_differ_Should_name_the_changes_only(string? applied, string desired, string expected)
    {
        var before = applied is null ? null : JsonNode.Parse(applied)!.AsObject();
        var changes = AttributeDiff.Compute(before, JsonNode.Parse(desired)!.AsObject());
        Assert.Equal(expected, string.Join(';', changes.Select(x =>
            $"{x.Attribute}{(x.SubAttribute is null ? "" : "." + x.SubAttribute)}={x.Value?.ToJsonString() ?? "null"}")));
    }
}
