using System.Text.Json.Nodes;
using Provisioning.Core.Reconciling;

namespace Provisioning.Core.Tests;

public sealed class AttributeComparisonTests
{
    [Theory]
    [InlineData("""{ "a": "x" }""", """{ "a": "x", "more": "y" }""")]
    [InlineData("""{ "a": true, "n": 7 }""", """{ "a": "true", "n": "7" }""")]
    [InlineData("""{ "a": null, "b": [] }""", "{}")]
    [InlineData("""{ "name": { "givenName": "A" } }""", """{ "NAME": { "givenName": "A", "formatted": "A B" } }""")]
    [InlineData("""{ "emails": [ { "value": "a@x" }, { "value": "b@x" } ] }""", """{ "emails": [ { "value": "b@x", "type": "work" }, { "value": "a@x" } ] }""")]
    [InlineData("""{ "emails": [ { "value": "a@x" }, { "value": "b@x" } ] }""", """{ "emails": "a@x;b@x" }""")]
    [InlineData("""{ "tags": [ "a" ] }""", """{ "tags": "a" }""")]
    [InlineData("""{ "a": "x" }""", """{ "a": [ "x" ] }""")]
    [InlineData("""{ "password": "p", "name": { "secretWord": "s" } }""", """{ "name": {} }""")]
    public void When_the_target_writes_the_same_in_its_own_way_Should_find_nothing(string ours, string theirs) => Assert.Empty(Compare(ours, theirs));

    [Theory]
    [InlineData("""{ "a": "x" }""", "{}", "a")]
    [InlineData("""{ "a": "x" }""", """{ "a": "X" }""", "a")]
    [InlineData("""{ "name": { "givenName": "A", "familyName": "B" } }""", """{ "name": { "givenName": "A", "familyName": "C" } }""", "name.familyName")]
    [InlineData("""{ "urn:x:User": { "department": "A" } }""", """{ "urn:x:User": { "department": "B" } }""", "urn:x:User:department")]
    [InlineData("""{ "emails": [ { "value": "a@x" } ] }""", """{ "emails": [ { "value": "a@x" }, { "value": "b@x" } ] }""", "emails")]
    [InlineData("""{ "emails": [ "a", "a" ] }""", """{ "emails": [ "a", "b" ] }""", "emails")]
    public void When_it_is_something_else_Should_name_it(string ours, string theirs, string expected) =>
        Assert.Equal(expected, Assert.Single(Compare(ours, theirs)).Name);

    [Fact]
    public void When_a_name_is_ignored_Should_not_compare_it() => Assert.Equal(
        "title", Assert.Single(Compare("""{ "title": "a", "name": { "formatted": "A", "givenName": "B" } }""", """{ "name": { "givenName": "B" } }""", "name.formatted")).Name);

    private static IEnumerable<(string Name, JsonNode? Ours, JsonNode? Theirs)> Compare(string ours, string theirs, params string[] ignored) =>
        AttributeComparison.Compare(JsonNode.Parse(ours)!.AsObject(), JsonNode.Parse(theirs)!.AsObject(), ignored);
}
