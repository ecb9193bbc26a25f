using System.Text.Json.Nodes;
using Provisioning.Core.Mapping;

namespace Provisioning.Core.Tests.Mapping;

public sealed class When_an_attribute_names_other_users
{
    private static readonly Dictionary<string, string> Accounts = new() { ["u1"] = "a1", ["u2"] = "a2" };

    [Theory]
    [InlineData("account('u1')", "\"a1\"")]
    [InlineData("account('gone')", null)]
    [InlineData("({ value: account('u1'), type: 'x' })", """{"value":"a1","type":"x"}""")]
    [InlineData("({ value: account('gone') })", null)]
    [InlineData("['u1', 'gone', 'u2'].map(account)", """["a1","a2"]""")]
    [InlineData("['u1', 'gone'].map(x => ({ value: account(x) }))", """[{"value":"a1"}]""")]
    [InlineData("['gone'].map(x => ({ value: account(x) }))", null)]
    [InlineData("({ a: [{ b: [account('u2')] }], c: ['x'] })", """{"a":[{"b":["a2"]}],"c":["x"]}""")]
    public void Should_put_their_accounts_in_wherever_they_are_named(string expression, string? expected)
    {
        var desired = AttributeMapping.Compile(new JsonObject { ["t"] = expression }).Map([], null);
        var named = AccountReference.In(desired);
        Assert.NotEmpty(named);
        Assert.DoesNotContain(named, x => !expression.Contains(x, StringComparison.Ordinal));
        AccountReference.Resolve(desired, Accounts);
        Assert.True(JsonNode.DeepEquals(expected is null ? null : JsonNode.Parse(expected), desired["t"]), desired.ToJsonString());
        Assert.Equal(expected is not null, desired.ContainsKey("t"));
        Assert.Empty(AccountReference.In(desired));
    }
}
