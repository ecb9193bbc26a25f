using System.Text.Json.Nodes;

namespace Provisioning.Connectors.Google.Tests;

public sealed class When_users_are_provisioned : IAsyncDisposable
{
    private readonly GoogleTarget _target = new();

    [Fact]
    public async Task Should_name_a_manager_by_address_and_leave_out_one_who_is_not_there()
    {
        await using var connector = _target.Connect();
        var log = new List<string>();
        var context = _target.Context with { Log = log.Add };
        var boss = await connector.CreateAsync(Ada(), context, default);
        var person = new NewAccount("m2", Json($$"""
            {"primaryEmail":"bea@corp.example","name":{"givenName":"B","familyName":"B"},
             "relations":[{"type":"manager","value":"{{boss.Id}}"},{"type":"assistant","value":"999999999999"},{"type":"friend","value":"Carl"}]}
            """));
        var created = await connector.CreateAsync(person, context, default);
        var relations = created.Attributes["relations"]!.AsArray().Select(relation => relation!["value"]!.ToString());
        Assert.Equal([boss.Attributes["primaryEmail"]!.ToString(), "Carl"], relations);
        Assert.Contains("'assistant' is left out", Assert.Single(log), StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _target.DisposeAsync();

    [Fact]
    public async Task Should_create_with_a_password_that_nobody_knows_and_our_marker()
    {
        await using var connector = _target.Connect();
        var created = await connector.CreateAsync(Ada("""{"externalIds":[{"value":"E1","type":"organization"}]}"""), _target.Context, default);
        var user = Assert.Single(_target.Google.Users);
        Assert.Equal(user.Id, created.Id);
        Assert.True(user.Password.Length >= 24);
        Assert.Equal(["organization", "custom"], user.Body["externalIds"]!.AsArray().Select(id => id!["type"]!.ToString()));
        Assert.Equal("""[{"value":"E1","type":"organization"}]""", created.Attributes["externalIds"]!.ToJsonString());
        Assert.True(created.Enabled);
    }

    [Fact]
    public async Task Should_never_send_a_password_with_an_update()
    {
        await using var connector = _target.Connect();
        var created = await connector.CreateAsync(Ada("""{"password":"first-password"}"""), _target.Context, default);
        AttributeChange[] changes = [new("password", null, "second-password"), new("name", "familyName", "King")];
        await connector.UpdateAsync(created.Id, new AccountDelta(changes, []), _target.Context, default);
        await connector.SetEnabledAsync(created.Id, false, _target.Context, default);
        var user = Assert.Single(_target.Google.Users);
        Assert.Equal(("first-password", 1), (user.Password, user.PasswordWrites));
        Assert.Equal("King", user.Body["name"]!["familyName"]!.ToString());
        await connector.SetPasswordAsync(created.Id, new Secret("third-password"), _target.Context, default);
        Assert.Equal(("third-password", 2), (user.Password, user.PasswordWrites));
    }

    [Fact]
    public async Task Should_send_only_what_changed()
    {
        await using var connector = _target.Connect();
        var created = await connector.CreateAsync(Ada("""{"recoveryEmail":"ada@home.example","phones":[{"value":"1","type":"work"}]}"""), _target.Context, default);
        AttributeChange[] changes = [new("recoveryEmail", null, null), new("phones", null, null), new("orgUnitPath", null, "/Staff")];
        await connector.UpdateAsync(created.Id, new AccountDelta(changes, [], false), _target.Context, default);
        var request = _target.Google.Requests.Last();
        Assert.Equal($"PATCH /admin/directory/v1/users/{created.Id}", request.ToString());
        Assert.Equal("""{"recoveryEmail":"","phones":[],"orgUnitPath":"/Staff","suspended":true}""", request.Body);
    }

    [Fact]
    public async Task Should_keep_our_marker_when_external_ids_change()
    {
        await using var connector = _target.Connect();
        var created = await connector.CreateAsync(Ada(), _target.Context, default);
        AttributeChange[] changes = [new("externalIds", null, new JsonArray(new JsonObject { ["value"] = "E2", ["type"] = "organization" }))];
        await connector.UpdateAsync(created.Id, new AccountDelta(changes, []), _target.Context, default);
        var found = Assert.Single(await connector.FindAsync(ResourceType.User, new MatchKey("marker-1", "nobody@corp.example"), _target.Context, default));
        Assert.Equal((created.Id, AccountOwnership.Ours), (found.Account.Id, found.Ownership));
        Assert.Equal("E2", Assert.Single(found.Account.Attributes["externalIds"]!.AsArray())!["value"]!.ToString());
    }

    [Fact]
    public async Task Should_keep_aliases_as_wanted()
    {
        await using var connector = _target.Connect();
        var created = await connector.CreateAsync(Ada("""{"aliases":["a1@corp.example","a2@corp.example"]}"""), _target.Context, default);
        AttributeChange[] changes = [new("aliases", null, new JsonArray("a2@corp.example", "a3@corp.example"))];
        await connector.UpdateAsync(created.Id, new AccountDelta(changes, []), _target.Context, default);
        Assert.Equal(["a2@corp.example", "a3@corp.example"], _target.Google.Users.Single().Aliases);
    }

    [Fact]
    public async Task Should_say_ambiguous_when_the_user_is_there_but_an_alias_is_not()
    {
        await using var connector = _target.Connect();
        await connector.CreateAsync(Ada(), _target.Context, default);
        var bob = new NewAccount("marker-2", Json("""{"primaryEmail":"bob@corp.example","name":{"givenName":"Bob","familyName":"B"},"aliases":["ada@corp.example"]}"""));
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => connector.CreateAsync(bob, _target.Context, default));
        Assert.Equal(FailureKind.Ambiguous, failure.Kind);
        Assert.Equal(2, _target.Google.Users.Count);
    }

    [Fact]
    public async Task Should_end_sessions_when_disabling()
    {
        await using var connector = _target.Connect();
        var created = await connector.CreateAsync(Ada(), _target.Context, default);
        await connector.SetEnabledAsync(created.Id, false, _target.Context, default);
        await connector.SetEnabledAsync(created.Id, true, _target.Context, default);
        Assert.Equal(1, _target.Google.Users.Single().SignOuts);
    }

    [Fact]
    public async Task Should_make_missing_organisational_units_only_when_told()
    {
        var account = Ada("""{"orgUnitPath":"/Staff/Research/Lab"}""");
        await using var careful = _target.Connect();
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => careful.CreateAsync(account, _target.Context, default));
        Assert.Equal((FailureKind.Rejected, "400 invalid"), (failure.Kind, failure.TargetCode));
        await using var connector = _target.Connect(settings => settings.CreateOrgUnits = true);
        await connector.CreateAsync(account, _target.Context, default);
        Assert.Contains("/Staff/Research/Lab", _target.Google.OrgUnits);
    }

    [Fact]
    public async Task Should_refuse_what_Google_would_silently_ignore()
    {
        await using var connector = _target.Connect();
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => connector.CreateAsync(Ada("""{"isAdmin":true}"""), _target.Context, default));
        Assert.Equal((FailureKind.Rejected, "the attribute 'isAdmin' is read-only; remove it from the mapping"), (failure.Kind, failure.Message));
        Assert.Empty(_target.Google.Users);
    }

    [Fact]
    public async Task Should_not_take_the_owner_of_an_alias_for_the_user()
    {
        await using var connector = _target.Connect();
        await connector.CreateAsync(Ada("""{"aliases":["byron@corp.example"]}"""), _target.Context, default);
        Assert.Empty(await connector.FindAsync(ResourceType.User, new MatchKey("marker-2", "byron@corp.example"), _target.Context, default));
    }

    [Fact]
    public async Task Should_find_by_address_while_the_search_lags_behind()
    {
        _target.Google.SearchLag = TimeSpan.FromMinutes(5);
        await using var connector = _target.Connect();
        var created = await connector.CreateAsync(Ada(), _target.Context, default);
        var key = new MatchKey("marker-1", "ada") { Attributes = Json("""{"primaryEmail":"ada@corp.example"}""") };
        var found = Assert.Single(await connector.FindAsync(ResourceType.User, key, _target.Context, default));
        Assert.Equal((created.Id, AccountOwnership.Ours), (found.Account.Id, found.Ownership));
    }

    [Fact]
    public async Task Should_list_every_page()
    {
        _target.Google.LongestPage = 2;
        await using var connector = _target.Connect();
        for (var i = 0; i < 5; i++)
            await connector.CreateAsync(new NewAccount($"m{i}", Json($$$"""{"primaryEmail":"u{{{i}}}@corp.example","name":{"givenName":"U","familyName":"U"}}""")), _target.Context, default);
        Assert.Equal(5, await connector.ListAsync(ResourceType.User, _target.Context, default).Select(account => account.Id).Distinct().CountAsync());
    }

    [Fact]
    public async Task Should_describe_custom_schemas_too()
    {
        await using var connector = _target.Connect();
        var schema = await connector.DescribeAsync(ResourceType.User, _target.Context, default);
        Assert.Contains(schema, attribute => attribute.Name == "customSchemas.Employment.costCentre");
        Assert.True(schema.Single(attribute => attribute.Name == "primaryEmail").Required);
    }

    internal static NewAccount Ada(string more = "{}")
    {
        var attributes = Json("""{"primaryEmail":"ada@corp.example","name":{"givenName":"Ada","familyName":"Byron"}}""");
        foreach (var (name, value) in Json(more))
            attributes[name] = value?.DeepClone();
        return new NewAccount("marker-1", attributes);
    }

    internal static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();
}
