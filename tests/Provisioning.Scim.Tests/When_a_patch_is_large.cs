using System.Text.Json.Nodes;
using Provisioning.Scim;

namespace Provisioning.Scim.Tests;

/// <summary>The work grows as the input does, whatever the operations are. It is counted in elements that are looked at.</summary>
public sealed class When_a_patch_is_large
{
    private const int Many = 100_000;

    [Theory]
    [InlineData("members", 0)]
    [InlineData("members", Many)]
    [InlineData("emails", 0)]
    [InlineData("emails", Many)]
    public void Should_look_a_few_times_at_each_element_when_many_are_added(string attribute, int there)
    {
        var resource = new JsonObject { [attribute] = Elements(0, there) };
        var (result, steps) = Apply(resource, new JsonObject { ["op"] = "add", ["path"] = attribute, ["value"] = Elements(there / 2, 50_000) });
        Assert.Equal(Math.Max(there, (there / 2) + 50_000), result[attribute]!.AsArray().Count);
        Assert.InRange(steps, 50_000, 2 * (there + 50_000));
    }

    [Fact]
    public void Should_look_a_few_times_at_each_element_when_each_added_one_is_the_primary()
    {
        var values = new JsonArray([.. Enumerable.Range(0, 50_000).Select(i => new JsonObject { ["value"] = $"{i}", ["primary"] = true })]);
        var (result, steps) = Apply([], new JsonObject { ["op"] = "add", ["path"] = "emails", ["value"] = values });
        Assert.Equal("""{"value":"49999","primary":true}""", Assert.Single(result["emails"]!.AsArray(), x => x!["primary"]!.GetValue<bool>())!.ToJsonString());
        Assert.InRange(steps, 50_000, 3 * 50_000);
    }

    [Fact]
    public void Should_look_a_few_times_at_each_element_when_listed_ones_are_removed()
    {
        var (result, steps) = Apply(
            new JsonObject { ["members"] = Elements(0, Many) }, new JsonObject { ["op"] = "remove", ["path"] = "members", ["value"] = Elements(10, 50_000) });
        Assert.Equal(Many - 50_000, result["members"]!.AsArray().Count);
        Assert.Equal("9", result["members"]![9]!["value"]!.ToString());
        Assert.Equal("50010", result["members"]![10]!["value"]!.ToString());
        Assert.InRange(steps, Many, 3 * Many);
    }

    [Theory]
    [InlineData("""{ "op": "remove", "path": "members[value eq \"#\"]" }""", 9_000)]
    [InlineData("""{ "op": "remove", "path": "members", "value": [ { "value": "#" } ] }""", 9_000)]
    [InlineData("""{ "op": "add", "path": "members", "value": [ { "value": "new-#" } ] }""", 11_000)]
    [InlineData("""{ "op": "add", "path": "members[value eq \"#\"].display", "value": "x" }""", 10_000)]
    [InlineData("""{ "op": "replace", "path": "members[type eq \"User\" and value eq \"#\"].display", "value": "x" }""", 10_000)]
    [InlineData("""{ "op": "replace", "path": "members[value eq \"#\"]", "value": { "value": "renamed-#", "type": "User" } }""", 10_000)]
    public void Should_not_multiply_operations_and_elements(string operation, int left)
    {
        var operations = Enumerable.Range(0, 1_000).Select(i => JsonNode.Parse(operation.Replace("#", $"{i * 7}", StringComparison.Ordinal))!.AsObject()).ToArray();
        var (result, steps) = Apply(new JsonObject { ["members"] = Elements(0, 10_000) }, operations);
        Assert.Equal(left, result["members"]!.AsArray().Count);
        Assert.InRange(steps, 10_000, 50_000);
    }

    [Fact]
    public void Should_do_the_same_as_one_by_one_when_operations_are_mixed()
    {
        var operations = new[]
        {
            """{ "op": "remove", "path": "emails[value eq \"B\"]" }""",
            """{ "op": "add", "path": "emails", "value": [ { "value": "b", "primary": true }, { "value": "c", "type": "home" } ] }""",
            """{ "op": "remove", "path": "emails[type eq \"work\"].type" }""",
            """{ "op": "add", "path": "emails", "value": { "value": "a", "display": "A" } }""",
            """{ "op": "replace", "path": "emails[value eq \"c\"]", "value": { "value": "d", "primary": "true" } }""",
            """{ "op": "remove", "path": "emails", "value": [ { "value": "b" } ] }""",
            """{ "op": "replace", "path": "emails.display", "value": "all" }""",
            """{ "op": "remove", "path": "emails[display eq \"all\" and value eq \"a\"].display" }""",
        }.Select(x => JsonNode.Parse(x)!.AsObject()).ToArray();
        var start = JsonNode.Parse("""{ "emails": [ { "value": "a", "type": "work" }, { "value": "b", "type": "home", "primary": true } ] }""")!.AsObject();
        var one = start;
        foreach (var operation in operations)
            one = Apply(one, (JsonObject)operation.DeepClone()).Result;
        var (all, _) = Apply(start, operations);
        Assert.Equal("""{"emails":[{"value":"a"},{"value":"d","primary":true,"display":"all"}]}""", all.ToJsonString());
        Assert.Equal(one.ToJsonString(), all.ToJsonString());
    }

    [Fact]
    public void Should_refuse_what_searches_too_much()
    {
        var operations = Enumerable.Range(0, 30).Select(i => new JsonObject { ["op"] = "replace", ["path"] = $"members[display sw \"{i}\" or value co \"1\"].display", ["value"] = "x" });
        var work = new PatchWork(CancellationToken.None, maxSteps: 100_000);
        var patch = Patch([.. operations]);
        Assert.Equal("tooMany", Assert.Throws<ScimException>(() => ScimPatch.Apply(new JsonObject { ["members"] = Elements(0, 10_000) }, patch, work)).ScimType);
    }

    [Theory]
    [InlineData("""{ "op": "add", "value": $new }""")]
    [InlineData("""{ "op": "replace", "path": "name", "value": $new }""")]
    [InlineData("""{ "op": "replace", "path": "name", "value": $upper }""")]
    [InlineData("""{ "op": "replace", "path": "name", "value": $gone }""")]
    [InlineData("""{ "op": "add", "path": "emails[value eq \"a\"]", "value": $upper }""")]
    [InlineData("""{ "op": "add", "path": "emails", "value": [ $twin ] }""")]
    public void Should_count_the_names_among_which_it_looks_for_each_written_one(string operation)
    {
        var patch = operation
            .Replace("$new", Names("new", 4_000, "x").ToJsonString(), StringComparison.Ordinal)
            .Replace("$upper", Names("OLD", 4_000, "x").ToJsonString(), StringComparison.Ordinal)
            .Replace("$twin", WithValue(Names("OLD", 4_000, "x")).ToJsonString(), StringComparison.Ordinal)
            .Replace("$gone", Names("OLD", 4_000, null).ToJsonString(), StringComparison.Ordinal);
        Assert.InRange(Steps(patch), 400_000, 5_000_000);
    }

    [Theory]
    [InlineData("""{ "op": "replace", "path": "title#", "value": "x" }""")]
    [InlineData("""{ "op": "remove", "path": "title#" }""")]
    [InlineData("""{ "op": "replace", "path": "name.new#", "value": "x" }""")]
    [InlineData("""{ "op": "remove", "path": "name.new#" }""")]
    [InlineData("""{ "op": "remove", "path": "name[old1 pr].new#" }""")]
    [InlineData("""{ "op": "replace", "path": "emails.display", "value": "#" }""")]
    [InlineData("""{ "op": "remove", "path": "emails.new#" }""")]
    [InlineData("""{ "op": "replace", "path": "emails[value eq \"a\"].display", "value": "#" }""")]
    [InlineData("""{ "op": "remove", "path": "emails[old1 pr].new#" }""")]
    public void Should_count_the_names_of_what_many_operations_change(string operation)
    {
        var operations = Enumerable.Range(0, 1_000).Select(i => operation.Replace("#", $"{i}", StringComparison.Ordinal));
        Assert.InRange(Steps([.. operations]), 200_000, 5_000_000);
    }

    [Fact]
    public void Should_count_the_text_by_which_it_knows_an_element()
    {
        var address = new JsonObject { ["formatted"] = new string('x', 100_000) }.ToJsonString();
        var add = $$"""{ "op": "add", "path": "addresses", "value": [ {{address}} ] }""";
        var changes = Enumerable.Range(0, 500).Select(i => $$"""{ "op": "replace", "path": "addresses[formatted sw \"x\"].note", "value": "{{i}}" }""");
        Assert.InRange(Steps([add, add, .. changes]), 100_000, 5_000_000);
    }

    [Fact]
    public void Should_refuse_what_writes_too_many_names() => Assert.Equal(
        "tooMany", Assert.Throws<ScimException>(() => Apply([], new JsonObject { ["op"] = "add", ["value"] = Names("new", 50_000, "x") })).ScimType);

    [Fact]
    public void Should_refuse_more_operations_than_the_limit()
    {
        var operations = Enumerable.Range(0, ScimPatch.MaxOperations + 1).Select(_ => new JsonObject { ["op"] = "remove", ["path"] = "title" });
        Assert.Equal(413, Assert.Throws<ScimException>(() => Apply([], [.. operations])).Status);
    }

    [Fact]
    public void Should_end_when_nobody_waits_for_it()
    {
        using var gone = new CancellationTokenSource();
        gone.Cancel();
        var patch = Patch(new JsonObject { ["op"] = "add", ["path"] = "emails", ["value"] = Elements(0, 50_000) });
        var work = new PatchWork(gone.Token);
        Assert.Throws<OperationCanceledException>(() => ScimPatch.Apply([], patch, work));
        Assert.InRange(work.Steps, 0, 10_000);
    }

    [Theory]
    [InlineData("""{"value":"a","type":"work"}""", """{"TYPE":"work","display":"x","value":"a"}""", true)]
    [InlineData("""{"value":"a","type":"work"}""", """{"value":"a","type":"home"}""", false)]
    [InlineData("""{"value":"a"}""", """{"value":"A"}""", false)]
    [InlineData("""{"value":10}""", """{"value":1.0e1}""", true)]
    [InlineData("""{"value":-0.10}""", """{"value":-1E-1}""", true)]
    [InlineData("""{"value":1e999999}""", """{"value":1e999998}""", false)]
    [InlineData("""{"value":12345678901234567890123456789012}""", """{"value":12345678901234567890123456789013}""", false)]
    [InlineData("""{"value":1}""", """{"value":"1"}""", false)]
    [InlineData("""{"value":{"a":1,"b":[2]}}""", """{"value":{"b":[2.0],"a":1}}""", true)]
    [InlineData("""{"street":"s","city":"c"}""", """{"city":"c","street":"s"}""", true)]
    [InlineData("""{"street":"s"}""", """{"street":"s","city":null}""", false)]
    [InlineData(""" "a" """, """{"value":"a"}""", false)]
    public void Should_know_by_its_identity_whether_an_element_is_there(string one, string other, bool same)
    {
        var (left, right) = (JsonNode.Parse(one)!, JsonNode.Parse(other)!);
        Assert.Equal(same, ElementKey.OfIdentity("addresses", left) == ElementKey.OfIdentity("addresses", right));
    }

    [Fact]
    public void Should_know_members_by_their_ids_alone() => Assert.Equal(
        ElementKey.OfIdentity("members", JsonNode.Parse("""{"value":"a","type":"User"}""")!), ElementKey.OfIdentity("members", JsonNode.Parse("""{"value":"a"}""")!));

    private static JsonArray Elements(int start, int count) =>
        new([.. Enumerable.Range(start, count).Select(i => new JsonObject { ["value"] = $"{i}", ["type"] = "User" })]);

    private static JsonObject Names(string prefix, int count, string? value) =>
        new(Enumerable.Range(0, count).Select(i => KeyValuePair.Create($"{prefix}{i}", (JsonNode?)value)));

    private static JsonObject WithValue(JsonObject element)
    {
        element["value"] = "a";
        return element;
    }

    /// <summary>The steps on a resource that has thousands of names wherever it can have some.</summary>
    private static long Steps(params string[] operations)
    {
        var resource = Names("old", 4_000, "x");
        resource["name"] = Names("old", 4_000, "x");
        resource["emails"] = new JsonArray(WithValue(Names("old", 4_000, "x")));
        return Apply(resource, [.. operations.Select(operation => JsonNode.Parse(operation)!.AsObject())]).Steps;
    }

    private static JsonObject Patch(params JsonObject[] operations) => new() { ["Operations"] = new JsonArray([.. operations]) };

    private static (JsonObject Result, long Steps) Apply(JsonObject resource, params JsonObject[] operations)
    {
        var work = new PatchWork(CancellationToken.None);
        return (ScimPatch.Apply(resource, Patch(operations), work), work.Steps);
    }
}
