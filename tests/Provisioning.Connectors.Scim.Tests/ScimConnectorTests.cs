using System.Text.Json.Nodes;
using Provisioning.Scim;

namespace Provisioning.Connectors.Scim.Tests;

public sealed class ScimConnectorTests
{
    private static readonly OperationContext s_context = new("op", 1, DateTimeOffset.MaxValue, static _ => { });

    [Fact]
    public async Task Should_create_with_marker_schemas_and_active()
    {
        await using var target = await FakeTarget.StartAsync(201, """{"id":42}""");
        await using var connector = target.Connect();
        var account = await connector.CreateAsync(new NewAccount("m1", Json($$$"""{"userName":"ada","{{{ScimSchemas.EnterpriseUser}}}":{"department":"R"}}""")), s_context, default);
        Assert.Equal("42", account.Id);
        var request = Assert.Single(target.Requests);
        Assert.Equal(("POST", "/scim/Users", "Bearer s3cret", "application/scim+json"), (request.Method, request.Path, request.Authorization, request.ContentType));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(request.Body), Json($$"""
            {"schemas":["{{ScimSchemas.User}}","{{ScimSchemas.EnterpriseUser}}"],"userName":"ada","{{ScimSchemas.EnterpriseUser}}":{"department":"R"},"externalId":"m1","active":true}
            """)), request.Body);
    }

    [Fact]
    public async Task Should_find_by_marker_then_name()
    {
        await using var target = await FakeTarget.StartAsync((request, http) => FakeTarget.WriteAsync(http, 200,
            request.Path.Contains("externalId", StringComparison.Ordinal)
                ? """{"totalResults":0}"""
                : """{"totalResults":1,"Resources":[{"id":"1","userName":"A\"da","externalId":"other"}]}"""));
        await using var connector = target.Connect();
        var found = Assert.Single(await connector.FindAsync(ResourceType.User, new MatchKey("m 1", "a\"da"), s_context, default));
        Assert.Equal(("1", AccountOwnership.Foreign), (found.Account.Id, found.Ownership));
        Assert.Equal(
            ["/scim/Users?filter=externalId%20eq%20%22m%201%22", "/scim/Users?filter=userName%20eq%20%22a%5C%22da%22"],
            target.Requests.Select(request => request.Path));
    }

    [Fact]
    public async Task Should_patch_only_what_changed()
    {
        await using var target = await FakeTarget.StartAsync(204);
        await using var connector = target.Connect();
        AttributeChange[] changes =
        [
            new("name", "familyName", JsonValue.Create("L")), new(ScimSchemas.EnterpriseUser, "department", JsonValue.Create("Ops")), new("title", null, null),
        ];
        Assert.Null(await connector.UpdateAsync("a/1", new AccountDelta(changes, [], false), s_context, default));
        var request = Assert.Single(target.Requests);
        Assert.Equal(("PATCH", "/scim/Users/a%2F1"), (request.Method, request.Path));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(request.Body), Json($$"""
            {"schemas":["{{ScimSchemas.PatchOp}}"],"Operations":[{"op":"replace","path":"name.familyName","value":"L"},
            {"op":"replace","path":"{{ScimSchemas.EnterpriseUser}}:department","value":"Ops"},{"op":"remove","path":"title"},{"op":"replace","path":"active","value":false}]}
            """)), request.Body);
    }

    [Fact]
    public async Task Should_merge_and_put()
    {
        await using var target = await FakeTarget.StartAsync(200, """{"id":"1","userName":"a","nickName":"keep","name":{"givenName":"G"}}""", headers: ("ETag", "W/\"7\""));
        await using var connector = target.Connect(static settings => settings.Switches = settings.Switches with { Update = "put" });
        await connector.UpdateAsync("1", new AccountDelta([new("name", "familyName", JsonValue.Create("L"))], []), s_context, default);
        Assert.Equal(["GET", "PUT"], target.Requests.Select(request => request.Method));
        var put = Json(target.Requests.Last().Body);
        Assert.Equal(("keep", """{"givenName":"G","familyName":"L"}"""), (put["nickName"]!.ToString(), put["name"]!.ToJsonString()));
    }

    [Fact]
    public async Task Should_change_members_in_batches_and_accept_missing_ones()
    {
        await using var target = await FakeTarget.StartAsync((request, http) => request.Body.Contains("gone", StringComparison.Ordinal)
            ? FakeTarget.WriteAsync(http, 400, """{"status":"400","scimType":"noTarget"}""")
            : FakeTarget.WriteAsync(http, 204));
        await using var connector = target.Connect(static settings => settings.Switches = settings.Switches with { MemberBatch = 2 });
        await connector.UpdateGroupAsync("g", null, new MembershipDelta(["1", "2", "3"], ["gone", "4"]), s_context, default);
        var bodies = target.Requests.Select(request => Json(request.Body)["Operations"]!.ToJsonString().Replace("\\u0022", "'", StringComparison.Ordinal)).ToList();
        Assert.Equal(5, bodies.Count);
        Assert.Equal("""[{"op":"add","path":"members","value":[{"value":"1"},{"value":"2"}]}]""", bodies[0]);
        Assert.Equal("""[{"op":"remove","path":"members[value eq '4']"}]""", bodies[4]);
    }

    [Fact]
    public async Task Should_create_a_group_with_members()
    {
        await using var target = await FakeTarget.StartAsync(201, """{"id":"g"}""");
        await using var connector = target.Connect(static settings => settings.Switches = settings.Switches with { MemberBatch = 2 });
        await connector.CreateGroupAsync(new NewAccount("m", Json("""{"displayName":"G"}""")), ["1", "2", "3"], s_context, default);
        Assert.Equal(["POST", "PATCH"], target.Requests.Select(request => request.Method));
        Assert.Null(Json(target.Requests.First().Body)["active"]);
    }

    [Fact]
    public async Task Should_list_all_pages_and_refuse_a_truncated_listing()
    {
        var truncate = false;
        await using var target = await FakeTarget.StartAsync((request, http) => FakeTarget.WriteAsync(http, 200,
            request.Path.Contains("startIndex=1&", StringComparison.Ordinal) ? """{"totalResults":2,"Resources":[{"id":"1"}]}"""
            : truncate ? """{"totalResults":2,"Resources":[]}""" : """{"totalResults":2,"Resources":[{"id":"2"}]}"""));
        await using var connector = target.Connect();
        Assert.Equal(2, await connector.ListAsync(ResourceType.User, s_context, default).CountAsync());
        truncate = true;
        await Assert.ThrowsAsync<ConnectorException>(async () => await connector.ListAsync(ResourceType.User, s_context, default).CountAsync());
    }

    [Fact]
    public async Task Should_refresh_a_refused_token_once()
    {
        var tokens = 0;
        await using var target = await FakeTarget.StartAsync((request, http) => request.Path == "/token"
            ? FakeTarget.WriteAsync(http, 200, $$"""{"access_token":"t{{++tokens}}","expires_in":3600}""", "application/json")
            : FakeTarget.WriteAsync(http, request.Authorization == "Bearer t2" ? 204 : 401));
        await using var connector = target.Connect(settings => settings.Authentication = new()
        {
            OAuth2 = new() { TokenUrl = target.Url + "/token", ClientId = "c", ClientSecret = new Secret("x") },
        });
        await connector.DeleteAsync("1", s_context, default);
        await connector.DeleteAsync("2", s_context, default);
        Assert.Equal(2, tokens);
        Assert.Equal(5, target.Requests.Count);
    }

    private static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();
}
