using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Provisioning.Core.Deciding;
using Provisioning.Core.Mapping;
using Provisioning.Host.Configuration;
using Provisioning.Scim;

namespace Provisioning.Host.Tests;

/// <summary>A schema extension declared in the configuration is served, judges what clients write, and is known to mappings and policies.</summary>
public sealed class When_users_have_attributes_of_an_extension : IAsyncLifetime
{
    private const string Urn = "urn:example:params:scim:schemas:extension:badge:2.0:User";

    private const string Schema = $$"""
        {
          "id": "{{Urn}}", "name": "Badge", "description": "access to buildings",
          "attributes": [
            { "name": "badgeNumber", "type": "integer", "description": "number of the badge" },
            { "name": "hoursPerWeek", "type": "decimal" },
            { "name": "contractor", "type": "boolean" },
            { "name": "validUntil", "type": "dateTime" },
            { "name": "sites", "multiValued": true },
            { "name": "locker", "type": "complex", "subAttributes": [ { "name": "room" }, { "name": "number", "type": "integer" } ] },
            { "name": "keys", "type": "complex", "multiValued": true, "subAttributes": [ { "name": "value" }, { "name": "primary", "type": "boolean" } ] }
          ]
        }
        """;

    private InboundRig _rig = null!;
    private HttpClient _portal = null!;

    public async ValueTask InitializeAsync()
    {
        _rig = await InboundRig.StartAsync();
        _portal = _rig.Client();
        Declare(Schema);
        Assert.Empty(_rig.Logged);
    }

    public async ValueTask DisposeAsync()
    {
        _portal.Dispose();
        await _rig.DisposeAsync();
    }

    [Fact]
    public async Task Should_serve_the_schema_and_name_it_in_the_resource_type()
    {
        var schema = JsonNode.Parse(await _portal.GetStringAsync($"/scim/v2/Schemas/{Urn}"))!;
        var attributes = schema["attributes"]!.AsArray().ToDictionary(x => x!["name"]!.ToString(), x => x!);
        Assert.Equal(["integer", "decimal", "boolean", "dateTime", "string", "complex", "complex"], attributes.Values.Select(x => x["type"]!.ToString()));
        Assert.Equal("number of the badge", attributes["badgeNumber"]["description"]!.ToString());
        Assert.True(attributes["sites"]["multiValued"]!.GetValue<bool>());
        Assert.Equal("integer", attributes["locker"]["subAttributes"]![1]!["type"]!.ToString());
        Assert.Equal(4, JsonNode.Parse(await _portal.GetStringAsync("/scim/v2/Schemas"))!["totalResults"]!.GetValue<int>());
        var user = JsonNode.Parse(await _portal.GetStringAsync("/scim/v2/ResourceTypes/User"))!;
        Assert.Equal([ScimSchemas.EnterpriseUser, Urn], user["schemaExtensions"]!.AsArray().Select(x => x!["schema"]!.ToString()));
    }

    [Fact]
    public async Task Should_store_names_in_their_spelling_and_values_in_their_types()
    {
        var (status, created) = await SendAsync("POST", "/scim/v2/Users", $$"""
            {
              "userName": "ada",
              "{{Urn.ToUpperInvariant()}}": {
                "BADGENUMBER": "42", "hoursPerWeek": 38.5, "contractor": "True", "validUntil": "2027-01-31T00:00:00Z", "sites": "north",
                "locker": { "ROOM": "B12", "number": 7 }, "keys": [ "k1", { "value": "k2", "primary": true } ]
              }
            }
            """);
        Assert.Equal(201, status);
        Assert.Equal(
            """{"badgeNumber":42,"hoursPerWeek":38.5,"contractor":true,"validUntil":"2027-01-31T00:00:00Z","sites":["north"],"locker":{"room":"B12","number":7},"keys":[{"value":"k1"},{"value":"k2","primary":true}]}""",
            created[Urn]!.ToJsonString());
        Assert.Contains(Urn, created["schemas"]!.AsArray().Select(x => x!.ToString()));
        var (_, patched) = await SendAsync("PATCH", $"/scim/v2/Users/{created["id"]}", $$"""
            { "Operations": [ { "op": "replace", "path": "{{Urn}}:badgeNumber", "value": 43 }, { "op": "remove", "path": "{{Urn}}:keys[value eq \"k1\"]" } ] }
            """);
        Assert.Equal((43, 1), (patched[Urn]!["badgeNumber"]!.GetValue<int>(), patched[Urn]!["keys"]!.AsArray().Count));
        var found = JsonNode.Parse(await _portal.GetStringAsync($"/scim/v2/Users?filter={Uri.EscapeDataString($"{Urn}:badgeNumber gt 42")}"))!;
        Assert.Equal(1, found["totalResults"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("""{ "badgeNumber": 4.5 }""", "badgeNumber' must be a whole number")]
    [InlineData("""{ "badgeNumber": "many" }""", "badgeNumber' must be a whole number")]
    [InlineData("""{ "badgeNumber": 9223372036854775808 }""", "badgeNumber' must be a whole number")]
    [InlineData("""{ "hoursPerWeek": true }""", "hoursPerWeek' must be a number")]
    [InlineData("""{ "hoursPerWeek": 1e999 }""", "hoursPerWeek' must be a number")]
    [InlineData("""{ "hoursPerWeek": 1e-40 }""", "hoursPerWeek' must be a number")]
    [InlineData("""{ "hoursPerWeek": 1.00000000000000000000000000001 }""", "hoursPerWeek' must be a number of at most 28 digits")]
    [InlineData("""{ "badgeNumber": 3.00000000000000000000000000001 }""", "badgeNumber' must be a whole number")]
    [InlineData("""{ "validUntil": "tomorrow" }""", "validUntil' must be a date with a time")]
    [InlineData("""{ "validUntil": "2027-02-30T00:00:00Z" }""", "validUntil' must be a date with a time")]
    [InlineData("""{ "contractor": "perhaps" }""", "contractor' must be true or false")]
    [InlineData("""{ "locker": "B12" }""", "locker' must be an object")]
    [InlineData("""{ "locker": { "number": [] } }""", "locker.number' must be a whole number")]
    public async Task Should_refuse_values_of_other_types(string extension, string said)
    {
        foreach (var path in (string[])["/scim/v2/Users", "/api/sign-ins"])
        {
            var (status, answer) = await SendAsync("POST", path, $$"""{ "userName": "ada", "{{Urn}}": {{extension}} }""");
            Assert.Equal(400, status);
            Assert.Contains(said, answer["detail"]!.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""{ "id": "urn:x:1.0:Y", "attributes": [] }""", "attributes: must have at least 1 entry")]
    [InlineData("""{ "id": "badge", "attributes": [ { "name": "a" } ] }""", "id: must match")]
    [InlineData("""{ "id": "urn:ietf:params:scim:schemas:core:2.0:User", "attributes": [ { "name": "a" } ] }""", "is a core schema")]
    [InlineData("""{ "id": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", "attributes": [ { "name": "a" } ] }""", "give each extension a URN of its own")]
    [InlineData("""{ "id": "urn:acme:badge:1.0", "attributes": [ { "name": "a" } ] }""", "id: must match")]
    [InlineData("""{ "id": "urn:okta:app:1.0:user:custom", "attributes": [ { "name": "a" } ] }""", "id: must match")]
    [InlineData("""{ "id": "urn:x:1.0:Y", "attributes": [ { "name": "a" }, { "name": "A" } ] }""", "'A' is there twice")]
    [InlineData("""{ "id": "urn:x:1.0:Y", "attributes": [ { "name": "a b" } ] }""", "attributes[0].name: must match")]
    [InlineData("""{ "id": "urn:x:1.0:Y", "attributes": [ { "name": "a", "type": "text" } ] }""", "attributes[0].type: must match")]
    [InlineData("""{ "id": "urn:x:1.0:Y", "attributes": [ { "name": "a", "type": "complex" } ] }""", "needs parts")]
    [InlineData("""{ "id": "urn:x:1.0:Y", "attributes": [ { "name": "a", "subAttributes": [ { "name": "b" } ] } ] }""", "its type is complex")]
    [InlineData("""{ "id": "urn:x:1.0:Y", "attributes": [ { "name": "a", "type": "complex", "subAttributes": [ { "name": "b", "type": "complex" } ] } ] }""", "no part has parts")]
    [InlineData("""{ "id": "urn:x:1.0:Y", "attributes": [ { "name": "a", "required": true } ] }""", "unknown property 'required'")]
    public void Should_refuse_a_schema_that_cannot_be_kept_and_go_on_with_the_last_good_one(string schema, string said)
    {
        Declare(schema, "other.json");
        Assert.Contains("schemas/other.json", Assert.Single(_rig.Logged), StringComparison.Ordinal);
        Assert.Contains(said, _rig.Logged.First(), StringComparison.Ordinal);
        Assert.Equal(2, Folder.Current.Extensions.Count);
    }

    [Fact]
    public async Task Should_leave_what_was_there_before_it_was_declared()
    {
        const string Later = "urn:example:later:1.0:User";
        var (_, created) = await SendAsync("POST", "/scim/v2/Users", $$"""{ "userName": "ada", "{{Later}}": { "badge": "A-17", "number": "007", "room": "1" } }""");
        Declare($$"""{ "id": "{{Later}}", "attributes": [ { "name": "badge", "type": "integer" }, { "name": "number", "type": "integer" }, { "name": "room" } ] }""", "later.json");
        var (status, patched) = await SendAsync("PATCH", $"/scim/v2/Users/{created["id"]}", $$"""{ "Operations": [ { "op": "replace", "path": "{{Later}}:room", "value": "2" } ] }""");
        Assert.Equal(200, status);
        Assert.Equal("""{"badge":"A-17","number":"007","room":"2"}""", patched[Later]!.ToJsonString());
    }

    [Fact]
    public async Task Should_accept_the_one_that_the_page_for_operators_shows()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Root(), "host", "docs", "operators.md"));
        var start = page.IndexOf("```json", page.IndexOf("**Further attributes of users**", StringComparison.Ordinal), StringComparison.Ordinal) + 7;
        Declare(page[start..page.IndexOf("```", start, StringComparison.Ordinal)]);
        Assert.Empty(_rig.Logged);
        Assert.Equal(["badgeNumber", "sites", "locker"], Folder.Current.Extensions[1].Attributes.Select(x => x.Name));
    }

    [Fact]
    public void Should_tell_mappings_and_policies_what_there_is()
    {
        var mapping = new JsonObject { ["title"] = $"user['{Urn}'].badgeNumbr", ["nickName"] = "user.badgeNumber", ["userType"] = $"user['{Urn}'].locker.room" };
        Assert.Equal(
            [
                "mapping of 'title': users have no attribute 'badgeNumbr'; did you mean 'badgeNumber'? (column 1)",
                $"mapping of 'nickName': users have no attribute 'badgeNumber' of their own; did you mean user['{Urn}'].badgeNumber? (column 1)",
            ],
            MappingCheck.Examine(mapping, Folder.Current.Extensions).Warnings);
        var catalog = HostAttributes.CatalogOf([], [], Folder.Current.Extensions);
        Assert.Equal("integer", catalog.Attributes.Single(x => x.AttributeId == $"urn:provisioning:user:{Urn}:badgeNumber").DataType.ToString());
        Assert.Contains("did you mean 'badgeNumber'?", catalog.Judge!("urn:provisioning:user", $"urn:provisioning:user:{Urn}:badgeNumbr")!.Hint, StringComparison.Ordinal);
    }

    private static string Root([System.Runtime.CompilerServices.CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));

    private ConfigurationFolder Folder => _rig.Services.GetRequiredService<ConfigurationFolder>();

    private void Declare(string schema, string file = "badge.json")
    {
        Directory.CreateDirectory(Path.Combine(_rig.Config, "schemas"));
        File.WriteAllText(Path.Combine(_rig.Config, "schemas", file), schema);
        Folder.Refresh();
    }

    private async Task<(int Status, JsonNode Body)> SendAsync(string method, string path, string body)
    {
        var (status, answer) = await InboundRig.SendAsync(_portal, method, path, Encoding.UTF8.GetBytes(body));
        return ((int)status, JsonNode.Parse(answer)!);
    }
}
