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
    [InlineData("""{ "mails": [ "olga@a", "olga@b" ] }""", """{ "mails": "[\"olga@a\",\"olga@b\"]" }""")]
    [InlineData("""{ "mails": [ "olga@a", "olga@b" ] }""", """{ "mails": "[\"olga@b\", \"olga@a\"]" }""")]
    [InlineData("""{ "emails": [ { "value": "a@x", "type": "work" } ] }""", """{ "emails": "[{\"type\":\"work\",\"value\":\"a@x\"}]" }""")]
    [InlineData("""{ "mails": [] }""", """{ "mails": "[]" }""")]
    [InlineData("""{ "tags": "[\"a\",\"b\"]" }""", """{ "tags": [ "b", "a" ] }""")]
    [InlineData("""{ "tags": "[1,2]" }""", """{ "tags": "[1, 2]" }""")]
    [InlineData("""{ "name": { "givenName": "A" } }""", """{ "name": "{ \"givenName\": \"A\" }" }""")]
    [InlineData("""{ "emails": [ { "value": "a@x" }, { "value": "b@x" } ] }""", """{ "emails": "b@x;a@x" }""")]
    [InlineData("""{ "tags": [ "a", "b", "a", "" ] }""", """{ "tags": [ "b", "a" ] }""")]
    [InlineData("""{ "emails": [ { "value": "a@x", "primary": false } ] }""", """{ "emails": [ { "value": "a@x" } ] }""")]
    [InlineData("""{ "emails": [ { "value": "a@x" } ] }""", """{ "emails": [ { "value": "a@x", "primary": false } ] }""")]
    [InlineData("""{ "name": { "middleName": null }, "manager": {} }""", "{}")]
    [InlineData("""{ "userName": "Olga", "mail": "Olga@Example.com" }""", """{ "userName": "olga", "mail": "olga@example.com" }""")]
    [InlineData("""{ "emails": [ { "value": "Olga@x", "type": "Work" } ] }""", """{ "emails": [ { "value": "olga@x", "type": "work" } ] }""")]
    [InlineData("""{ "id": "6F9619FF-8B86-D011-B42D-00C04FC964FF" }""", """{ "id": "6f9619ff-8b86-d011-b42d-00c04fc964ff" }""")]
    [InlineData("""{ "manager": "cn=Olga Berg,ou=people,dc=example" }""", """{ "manager": "CN=Olga Berg, OU=People, DC=example" }""")]
    [InlineData("""{ "a": true, "b": false, "c": true }""", """{ "a": "TRUE", "b": 0, "c": "t" }""")]
    [InlineData("""{ "n": 7, "m": "7.50", "o": 1.0 }""", """{ "n": 7.00, "m": 7.5, "o": "1" }""")]
    [InlineData("""{ "hired": "2026-01-31" }""", """{ "hired": "2026-01-31T00:00:00.0000000" }""")]
    [InlineData("""{ "ends": "2026-01-31T12:00:00Z" }""", """{ "ends": "2026-01-31T14:00:00.000+02:00" }""")]
    [InlineData("""{ "ends": "20260131120000Z" }""", """{ "ends": "20260131120000.0Z" }""")]
    [InlineData("""{ "a": "Zo\u00eb", "b": "x" }""", """{ "a": "Zoe\u0308", "b": "x     " }""")]
    [InlineData("""{ "street": "A\nB" }""", """{ "street": "A\r\nB" }""")]
    public void When_the_target_writes_the_same_in_its_own_way_Should_find_nothing(string ours, string theirs) => Assert.Empty(Compare(ours, theirs));

    [Theory]
    [InlineData("""{ "a": "x" }""", "{}", "a")]
    [InlineData("""{ "a": "x" }""", """{ "a": "X" }""", "a")]
    [InlineData("""{ "name": { "givenName": "A", "familyName": "B" } }""", """{ "name": { "givenName": "A", "familyName": "C" } }""", "name.familyName")]
    [InlineData("""{ "urn:x:User": { "department": "A" } }""", """{ "urn:x:User": { "department": "B" } }""", "urn:x:User:department")]
    [InlineData("""{ "emails": [ { "value": "a@x" } ] }""", """{ "emails": [ { "value": "a@x" }, { "value": "b@x" } ] }""", "emails")]
    [InlineData("""{ "emails": [ "a", "a" ] }""", """{ "emails": [ "a", "b" ] }""", "emails")]
    [InlineData("""{ "mails": [ "olga@a", "olga@b" ] }""", """{ "mails": "[\"olga@a\"]" }""", "mails")]
    [InlineData("""{ "mails": [ "olga@a" ] }""", """{ "mails": "[olga@a]" }""", "mails")]
    [InlineData("""{ "tags": [ "a", "b" ] }""", """{ "tags": "a;c" }""", "tags")]
    [InlineData("""{ "tags": [ "a" ] }""", """{ "tags": [ "A" ] }""", "tags")]
    [InlineData("""{ "displayName": "Ann" }""", """{ "displayName": "ANN" }""", "displayName")]
    [InlineData("""{ "title": "[1]" }""", """{ "title": "1" }""", "title")]
    [InlineData("""{ "number": "007" }""", """{ "number": "7" }""", "number")]
    [InlineData("""{ "a": false }""", "{}", "a")]
    [InlineData("""{ "n": 7 }""", "{}", "n")]
    [InlineData("""{ "emails": [ { "value": "a@x", "primary": true } ] }""", """{ "emails": [ { "value": "a@x" } ] }""", "emails")]
    [InlineData("""{ "emails": [ { "value": "a@x", "type": "work" } ] }""", """{ "emails": [ { "value": "a@x", "type": "home" } ] }""", "emails")]
    [InlineData("""{ "hired": "2026-01-31" }""", """{ "hired": "2026-02-01T00:00:00" }""", "hired")]
    [InlineData("""{ "manager": "cn=Olga,ou=people" }""", """{ "manager": "cn=Olga,ou=guests" }""", "manager")]
    public void When_it_is_something_else_Should_name_it(string ours, string theirs, string expected) =>
        Assert.Equal(expected, Assert.Single(Compare(ours, theirs)).Name);

    [Fact]
    public void When_a_name_is_ignored_Should_not_compare_it() => Assert.Equal(
        "title", Assert.Single(Compare("""{ "title": "a", "name": { "formatted": "A", "givenName": "B" } }""", """{ "name": { "givenName": "B" } }""", "name.formatted")).Name);

    private static IEnumerable<(string Name, JsonNode? Ours, JsonNode? Theirs)> Compare(string ours, string theirs, params string[] ignored) =>
        AttributeComparison.Compare(JsonNode.Parse(ours)!.AsObject(), JsonNode.Parse(theirs)!.AsObject(), ignored);
}
