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
    public void When_applied_and_desired_differ_Should_name_the_changes_only(string? applied, string desired, string expected)
    {
        var before = applied is null ? null : JsonNode.Parse(applied)!.AsObject();
        var changes = AttributeDiff.Compute(before, JsonNode.Parse(desired)!.AsObject());
        Assert.Equal(expected, string.Join(';', changes.Select(x =>
            $"{x.Attribute}{(x.SubAttribute is null ? "" : "." + x.SubAttribute)}={x.Value?.ToJsonString() ?? "null"}")));
    }
}
