using System.Text.Json.Nodes;
using Provisioning.Core.Converging;

namespace Provisioning.Core.Tests;

/// <summary>Only values that are the name, or are made of it, change with it.</summary>
public sealed class When_a_name_is_given_up
{
    [Theory]
    [InlineData("al", "al", "al-x1")]
    [InlineData("al", "AL", "AL-x1")]
    [InlineData("al", "al@example.com", "al-x1@example.com")]
    [InlineData("al@example.com", "al", "al-x1")]
    [InlineData("al@example.com", "al@example.com", "al-x1@example.com")]
    [InlineData("al", "uid=al,ou=people", "uid=al-x1,ou=people")]
    [InlineData("al", "uid=al+cn=Al Green,ou=people", "uid=al-x1+cn=Al Green,ou=people")]
    [InlineData("al", "personal", null)]
    [InlineData("al", "Sales", null)]
    [InlineData("al", "alan", null)]
    [InlineData("al", "alan@example.com", null)]
    [InlineData("al", "uid=sal,ou=al", null)]
    [InlineData("al", "uid=alan,ou=al", null)]
    public void Should_change_the_name_and_nothing_that_only_has_its_letters(string name, string value, string? freed)
    {
        var attributes = new JsonObject { ["attribute"] = value, ["kind"] = "personal", ["list"] = new JsonArray(new JsonObject { ["value"] = value, ["type"] = "personal" }) };
        var contested = ContestedValues.Between(attributes, name, attributes);
        Assert.Equal(freed is null ? [] : ["attribute", "list"], contested);
        var changed = ContestedValues.Freed(attributes, contested, name, "x1");
        Assert.All(changed.Values, x => Assert.Contains(freed!, x.ToJsonString().Replace("\\u002B", "+", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.All(changed.Values.OfType<JsonArray>(), x => Assert.Equal("personal", x[0]!["type"]!.ToString()));
    }
}
