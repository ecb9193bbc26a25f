using System.Text.Json.Nodes;
using Provisioning.Scim;

namespace Provisioning.Connectors.Scim11.Tests;

public sealed class When_changes_are_sent
{
    private static readonly OperationContext s_context = new("op", 1, DateTimeOffset.MaxValue, static _ => { });

    [Fact]
    public async Task Should_send_only_what_changed_and_name_what_goes()
    {
        await using var server = await StrictServer.StartAsync();
        await using var connector = server.Connect();
        var ada = await CreateAsync(connector);
        AttributeChange[] changes =
        [
            new("name", "familyName", "King"), new("title", null, null), new("name", "givenName", null),
            new("emails", null, JsonNode.Parse("""[{"value":"new@x","type":"work"}]""")),
        ];
        await connector.UpdateAsync(ada.Id, new AccountDelta(changes, [], Enabled: false), s_context, default);
        Assert.Equal(
            """{"schemas":["urn:scim:schemas:core:1.0"],"name":{"familyName":"King"},"emails":[{"value":"new@x","type":"work"}],"active":false,"meta":{"attributes":["title","name.givenName","emails"]}}""",
            server.Requests.Last().Body);
        var stored = Assert.Single(server.Users);
        Assert.Equal("""{"familyName":"King"}""", stored["name"]!.ToJsonString());
        Assert.Equal("""[{"value":"new@x","type":"work"}]""", stored["emails"]!.ToJsonString());
        Assert.Null(stored["title"]);
    }

    [Fact]
    public async Task Should_translate_the_enterprise_extension_and_the_manager()
    {
        await using var server = await StrictServer.StartAsync();
        await using var connector = server.Connect();
        var ada = await connector.CreateAsync(
            new NewAccount("m", new JsonObject
            {
                ["userName"] = "ada",
                [ScimSchemas.EnterpriseUser] = new JsonObject { ["department"] = "R", ["manager"] = new JsonObject { ["value"] = "7" } },
            }),
            s_context, default);
        Assert.Equal("""{"department":"R","manager":{"managerId":"7"}}""", Assert.Single(server.Users)[StrictServer.Enterprise]!.ToJsonString());
        AttributeChange[] changes = [new(ScimSchemas.EnterpriseUser, "department", null), new(ScimSchemas.EnterpriseUser, "manager", new JsonObject { ["value"] = "8" })];
        await connector.UpdateAsync(ada.Id, new AccountDelta(changes, []), s_context, default);
        var found = Assert.Single(await connector.FindAsync(ResourceType.User, new MatchKey("m", "ada"), s_context, default));
        Assert.Equal("""{"manager":{"value":"8"}}""", found.Account.Attributes[ScimSchemas.EnterpriseUser]!.ToJsonString());
    }

    [Fact]
    public async Task Should_mark_members_that_leave()
    {
        await using var server = await StrictServer.StartAsync();
        await using var connector = server.Connect();
        var ada = await CreateAsync(connector);
        var bob = await connector.CreateAsync(new NewAccount("m-bob", new JsonObject { ["userName"] = "bob" }), s_context, default);
        var group = await connector.CreateGroupAsync(new NewAccount("g", new JsonObject { ["displayName"] = "team" }), [ada.Id, bob.Id], s_context, default);
        await connector.UpdateGroupAsync(group.Id, null, new MembershipDelta([], [ada.Id, "stranger"]), s_context, default);
        Assert.Equal(
            $$"""{"schemas":["urn:scim:schemas:core:1.0"],"members":[{"value":"{{ada.Id}}","operation":"delete"},{"value":"stranger","operation":"delete"}]}""",
            server.Requests.Last().Body);
        Assert.Equal([bob.Id], await connector.ListMembersAsync(group.Id, s_context, default).ToListAsync());
    }

    [Fact]
    public async Task Should_set_a_password_and_not_repeat_it()
    {
        await using var server = await StrictServer.StartAsync();
        await using var connector = server.Connect();
        var ada = await CreateAsync(connector);
        await connector.SetPasswordAsync(ada.Id, new Secret("s3cret word"), s_context, default);
        Assert.Equal("s3cret word", server.Passwords[ada.Id]);
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => connector.SetPasswordAsync("s3cret", new Secret("s3cret"), s_context, default));
        Assert.Equal((FailureKind.Gone, "HTTP 404: Resource *** not found"), (failure.Kind, failure.Message));
    }

    [Fact]
    public async Task Should_replace_from_then_on_when_patches_turn_out_to_be_refused()
    {
        await using var server = await StrictServer.StartAsync(new ServerRules { TellsFeatures = false, Patch = false });
        await using var connector = server.Connect();
        var ada = await CreateAsync(connector);
        await connector.SetEnabledAsync(ada.Id, false, s_context, default);
        await connector.SetEnabledAsync(ada.Id, true, s_context, default);
        Assert.Equal(["PATCH", "GET", "PUT", "GET", "PUT"], server.Requests.Where(request => request.Path == $"Users/{ada.Id}").Select(request => request.Method));
        Assert.Equal("CTO", Assert.Single(server.Users)["title"]!.ToString());
    }

    [Fact]
    public async Task Should_describe_attributes_as_mappings_write_them()
    {
        await using var server = await StrictServer.StartAsync();
        await using var connector = server.Connect();
        var names = (await connector.DescribeAsync(ResourceType.User, s_context, default)).ToDictionary(attribute => attribute.Name);
        Assert.True(names["userName"].Required);
        Assert.True(names["id"].ReadOnly);
        Assert.True(names["emails"].MultiValued);
        Assert.Equal(SchemaType.Complex, names["name"].Type);
        Assert.Contains("name.givenName", names.Keys);
        Assert.Contains(ScimSchemas.EnterpriseUser + ":department", names.Keys);
    }

    private static Task<Account> CreateAsync(Scim11Connector connector) => connector.CreateAsync(
        new NewAccount("m-ada", new JsonObject
        {
            ["userName"] = "ada", ["title"] = "CTO", ["name"] = new JsonObject { ["givenName"] = "Ada", ["familyName"] = "Byron" },
            ["emails"] = JsonNode.Parse("""[{"value":"old@x","type":"work"}]"""),
        }),
        s_context, default);
}
