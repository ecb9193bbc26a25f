using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Rest.Tests;

public sealed class When_an_object_is_read
{
    [Theory]
    [InlineData("title", "a", """{"title":"x"}""")]
    [InlineData("name.givenName", "a", """{"name":{"givenName":"x"}}""")]
    [InlineData("urn:x:2.0:User:desk", "a", """{"urn:x:2.0:User":{"desk":"x"}}""")]
    [InlineData("urn:x:2.0:User.desk", "a", """{"urn:x:2.0:User":{"desk":"x"}}""")]
    [InlineData("urn:x:2.0:User", "b", """{"urn:x:2.0:User":{"desk":"y"}}""")]
    public void Should_put_a_value_where_a_mapping_has_it(string name, string path, string expected)
    {
        var reader = new RestReader(new RestShape { Attributes = new Dictionary<string, string> { [name] = path } });
        var account = reader.Read(JsonNode.Parse("""{ "id": "1", "a": "x", "b": { "desk": "y" } }"""));
        Assert.Equal(expected, account.Attributes.ToJsonString());
    }
}
