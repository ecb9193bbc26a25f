using System.Text.Json.Nodes;
using Provisioning.Host.Inbound;
using Provisioning.Scim;

namespace Provisioning.Host.Tests;

/// <summary>A patch that lets single users join and leave a group is understood without the members, and means what it means with them.</summary>
public sealed class When_a_patch_names_members
{
    [Theory]
    [InlineData("""{"op":"add","path":"members","value":[{"value":"a"},{"value":"b"}]}""", "a b", "")]
    [InlineData("""{"op":"Add","path":"Members","value":{"value":"a","display":"A"}}""", "a", "")]
    [InlineData("""{"op":"add","value":{"members":[{"value":"a"}]}}""", "a", "")]
    [InlineData("""{"op":"remove","path":"members[value eq \"a\"]"}""", "", "a")]
    [InlineData("""{"op":"remove","path":"members","value":[{"value":"a"},{"value":"b"}]}""", "", "a b")]
    public void Should_know_who_joins_and_who_leaves(string operation, string joining, string leaving)
    {
        var change = MemberPatch.Of(Patch(operation))!;
        Assert.Equal((joining, leaving), (string.Join(' ', change.Joining), string.Join(' ', change.Leaving)));
    }

    [Theory]
    [InlineData("""{"op":"replace","path":"members","value":[{"value":"a"}]}""")]
    [InlineData("""{"op":"remove","path":"members"}""")]
    [InlineData("""{"op":"remove","path":"members[value sw \"a\"]"}""")]
    [InlineData("""{"op":"remove","path":"members[value eq \"a\"].display"}""")]
    [InlineData("""{"op":"remove","path":"members[display eq \"a\"]"}""")]
    [InlineData("""{"op":"add","value":{"members":[{"value":"a"}],"displayName":"x"}}""")]
    [InlineData("""{"op":"add","path":"displayName","value":"x"}""")]
    [InlineData("""{"op":"add","path":"members","value":[{"display":"a"}]}""")]
    [InlineData("""{"op":"move","path":"members","value":[{"value":"a"}]}""")]
    [InlineData(""" "add" """)]
    public void Should_leave_every_other_patch_alone(string operation) => Assert.Null(MemberPatch.Of(Patch(operation)));

    [Fact]
    public void Should_mean_the_same_as_the_patch_itself()
    {
        var random = new Random(20_261_130);
        var understood = 0;
        for (var round = 0; round < 3_000; round++)
        {
            string[] members = [.. Enumerable.Range(0, 6).Where(_ => random.Next(2) == 0).Select(i => $"u{i}")];
            var patch = Patch([.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Operation(random))]);
            if (MemberPatch.Of(patch) is not { } change)
                continue;
            understood++;
            var resource = new JsonObject { ["displayName"] = "crew", ["members"] = new JsonArray([.. members.Select(x => new JsonObject { ["value"] = x })]) };
            var patched = ScimPatch.Apply(resource, patch, CancellationToken.None);
            Assert.Equal(
                (patched["members"]?.AsArray() ?? []).Select(x => x!["value"]!.ToString()).Order(),
                change.ApplyTo(members).Order());
        }

        Assert.InRange(understood, 1_000, 3_000);
    }

    private static string Operation(Random random)
    {
        string One() => $$"""{ "value": "u{{random.Next(8)}}" }""";
        return random.Next(6) switch
        {
            0 => $$"""{"op":"add","path":"members","value":[{{One()}},{{One()}}]}""",
            1 => $$"""{"op":"add","path":"members","value":{{One()}}}""",
            2 => $$"""{"op":"add","value":{"members":[ {{One()}} ] } }""",
            3 => $$"""{"op":"remove","path":"members[value eq \"u{{random.Next(8)}}\"]"}""",
            4 => $$"""{"op":"remove","path":"members","value":[{{One()}},{{One()}}]}""",
            _ => random.Next(4) == 0 ? $$"""{"op":"replace","path":"members","value":[{{One()}}]}""" : $$"""{"op":"add","path":"members","value":[{{One()}}]}""",
        };
    }

    private static JsonObject Patch(params string[] operations) => new() { ["Operations"] = new JsonArray([.. operations.Select(x => JsonNode.Parse(x))]) };
}
