using System.Text.Json.Nodes;
using Provisioning.FakeServers;

namespace Provisioning.Connectors.Entra.Tests;

public sealed class When_users_are_provisioned : IAsyncDisposable
{
    private readonly EntraTarget _target = new();

    public ValueTask DisposeAsync() => _target.DisposeAsync();

    [Fact]
    public async Task Should_create_with_a_nickname_a_password_that_nobody_knows_and_our_marker()
    {
        await using var connector = _target.Connect();
        var created = await connector.CreateAsync(EntraTarget.Ada("""{"onPremisesExtensionAttributes":{"extensionAttribute1":"x"}}"""), _target.Context, default);
        var user = Assert.Single(_target.Entra.Users);
        Assert.Equal((user.Id, "ada"), (created.Id, user.Body["mailNickname"]!.ToString()));
        Assert.True(user.Password!.Length >= 24);
        Assert.Equal("""{"extensionAttribute1":"x","extensionAttribute15":"marker-1"}""", user.Body["onPremisesExtensionAttributes"]!.ToJsonString());
    }

    [Fact]
    public async Task Should_never_send_a_password_with_an_update()
    {
        await using var connector = _target.Connect();
        var created = await connector.CreateAsync(EntraTarget.Ada(), _target.Context, default);
        AttributeChange[] changes = [new("passwordProfile", null, new JsonObject { ["password"] = "second-password" }), new("surname", null, "King")];
        await connector.UpdateAsync(created.Id, new AccountDelta(changes, []), _target.Context, default);
        Assert.Equal(1, _target.Entra.Users.Single().PasswordWrites);
        await connector.SetPasswordAsync(created.Id, new Secret("third-password"), _target.Context, default);
        Assert.Equal("third-password", _target.Entra.Users.Single().Password);
    }

    [Fact]
    public async Task Should_send_only_what_changed()
    {
        await using var connector = _target.Connect();
        var created = await connector.CreateAsync(EntraTarget.Ada("""{"jobTitle":"Countess","otherMails":["a@home.example"]}"""), _target.Context, default);
        AttributeChange[] changes = [new("jobTitle", null, null), new("otherMails", null, null), new("onPremisesExtensionAttributes", "extensionAttribute2", "y")];
        await connector.UpdateAsync(created.Id, new AccountDelta(changes, [], false), _target.Context, default);
        var request = _target.Entra.Requests.Last();
        Assert.Equal($"PATCH /v1.0/users/{created.Id}", request.ToString());
        Assert.Equal("""{"jobTitle":null,"otherMails":[],"onPremisesExtensionAttributes":{"extensionAttribute2":"y"},"accountEnabled":false}""", request.Body);
        Assert.Equal("marker-1", _target.Entra.Users.Single().Body["onPremisesExtensionAttributes"]!["extensionAttribute15"]!.ToString());
    }

    [Fact]
    public async Task Should_end_sessions_when_disabling()
    {
        await using var connector = _target.Connect();
        var created = await connector.CreateAsync(EntraTarget.Ada(), _target.Context, default);
        await connector.SetEnabledAsync(created.Id, false, _target.Context, default);
        await connector.SetEnabledAsync(created.Id, true, _target.Context, default);
        Assert.Equal(1, _target.Entra.Users.Single().Revocations);
    }

    [Fact]
    public async Task Should_read_as_it_was_written_though_Graph_tells_little_unless_asked()
    {
        await using var connector = _target.Connect();
        var account = EntraTarget.Ada("""{"streetAddress":"St James's Square","onPremisesExtensionAttributes":{"extensionAttribute1":"x"}}""");
        await connector.CreateAsync(account, _target.Context, default);
        var found = Assert.Single(await connector.FindAsync(
            ResourceType.User, new MatchKey("marker-1", "ada") { Attributes = account.Attributes }, _target.Context, default));
        Assert.Equal((AccountOwnership.Ours, true), (found.Ownership, found.Account.Enabled));
        Assert.All(account.Attributes, attribute => Assert.True(JsonNode.DeepEquals(attribute.Value, found.Account.Attributes[attribute.Key]), attribute.Key));
    }

    [Fact]
    public async Task Should_find_by_name_while_the_index_lags_behind()
    {
        _target.Entra.IndexLag = TimeSpan.FromMinutes(5);
        await using var connector = _target.Connect();
        var created = await connector.CreateAsync(EntraTarget.Ada(), _target.Context, default);
        var key = new MatchKey("marker-1", "ada") { Attributes = new JsonObject { ["userPrincipalName"] = "ada@corp.example" } };
        var found = Assert.Single(await connector.FindAsync(ResourceType.User, key, _target.Context, default));
        Assert.Equal((created.Id, AccountOwnership.Ours), (found.Account.Id, found.Ownership));
    }

    [Fact]
    public async Task Should_not_take_a_user_who_is_not_known_everywhere_for_gone()
    {
        _target.Entra.ReplicationLag = TimeSpan.FromSeconds(30);
        await using var connector = _target.Connect();
        var created = await connector.CreateAsync(EntraTarget.Ada(), _target.Context, default);
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => connector.SetEnabledAsync(created.Id, false, _target.Context, default));
        Assert.Equal(FailureKind.Transient, failure.Kind);
        _target.Time.Advance(TimeSpan.FromSeconds(31));
        await connector.SetEnabledAsync(created.Id, false, _target.Context, default);
        _target.Entra.Users.Clear();
        _target.Time.Advance(TimeSpan.FromSeconds(31));
        failure = await Assert.ThrowsAsync<ConnectorException>(() => connector.SetEnabledAsync(created.Id, false, _target.Context, default));
        Assert.Equal(FailureKind.Gone, failure.Kind);
    }

    [Theory]
    [InlineData("""{"accountEnabled":true}""", "the attribute 'accountEnabled' is not a mapping's to write; remove it from the mapping")]
    [InlineData("""{"onPremisesExtensionAttributes":{"extensionAttribute15":"x"}}""", "'extensionAttribute15' keeps the ownership marker and cannot be mapped; choose another markerAttribute")]
    [InlineData("""{"employeeId":"much longer than 16"}""", "HTTP 400 Request_BadRequest: Invalid value specified for property 'employeeId' of resource.")]
    public async Task Should_refuse_what_cannot_be_meant(string more, string expected)
    {
        await using var connector = _target.Connect();
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => connector.CreateAsync(EntraTarget.Ada(more), _target.Context, default));
        Assert.Equal((FailureKind.Rejected, expected), (failure.Kind, failure.Message));
        Assert.Empty(_target.Entra.Users);
    }

    [Fact]
    public async Task Should_keep_manager_and_take_it_away()
    {
        await using var connector = _target.Connect();
        var boss = await connector.CreateAsync(EntraTarget.Ada(name: "boss@corp.example", marker: "marker-2"), _target.Context, default);
        var created = await connector.CreateAsync(EntraTarget.Ada($$"""{"manager":"{{boss.Id}}"}"""), _target.Context, default);
        var user = _target.Entra.Users.Single(candidate => candidate.Id == created.Id);
        Assert.Equal(boss.Id, user.Manager);
        for (var i = 0; i < 2; i++)
            await connector.UpdateAsync(created.Id, new AccountDelta([new("manager", null, null)], []), _target.Context, default);
        Assert.Null(user.Manager);
    }

    [Fact]
    public async Task Should_leave_out_a_manager_who_is_not_there()
    {
        await using var connector = _target.Connect();
        var log = new List<string>();
        var context = _target.Context with { Log = log.Add };
        var created = await connector.CreateAsync(EntraTarget.Ada($$"""{"manager":"{{Guid.NewGuid()}}"}"""), context, default);
        Assert.Contains("'manager' is left out", Assert.Single(log), StringComparison.Ordinal);
        await connector.UpdateAsync(created.Id, new AccountDelta([new("manager", null, $"{Guid.NewGuid()}"), new("jobTitle", null, "Clerk")], []), context, default);
        Assert.Equal(2, log.Count);
        await connector.DeleteAsync(created.Id, context, default);
        _target.Time.Advance(TimeSpan.FromMinutes(2));
        var gone = await Assert.ThrowsAsync<ConnectorException>(
            () => connector.UpdateAsync(created.Id, new AccountDelta([new("manager", null, $"{Guid.NewGuid()}")], []), context, default));
        Assert.Equal(FailureKind.Gone, gone.Kind);
    }

    [Fact]
    public async Task Should_enable_a_user_whose_attributes_are_refused()
    {
        await using var connector = _target.Connect();
        var ada = EntraTarget.Ada();
        var created = await connector.CreateAsync(ada, _target.Context, default);
        await connector.SetEnabledAsync(created.Id, false, _target.Context, default);
        var delta = new AccountDelta([new("employeeId", null, "much longer than 16")], [], Enabled: true);
        Assert.Equal(
            FailureKind.Rejected, (await Assert.ThrowsAsync<ConnectorException>(() => connector.UpdateAsync(created.Id, delta, _target.Context, default))).Kind);
        var found = await connector.FindAsync(
            ResourceType.User, new MatchKey(ada.OwnershipMarker, "") { Attributes = ada.Attributes }, _target.Context, default);
        Assert.True(Assert.Single(found).Account.Enabled);
    }

    [Fact]
    public async Task Should_list_every_page()
    {
        _target.Entra.LongestPage = 2;
        await using var connector = _target.Connect();
        for (var i = 0; i < 5; i++)
            await connector.CreateAsync(EntraTarget.Ada(name: $"u{i}@corp.example", marker: $"m{i}"), _target.Context, default);
        Assert.Equal(5, await connector.ListAsync(ResourceType.User, _target.Context, default).CountAsync());
    }

    [Fact]
    public async Task Should_not_follow_a_page_that_is_elsewhere()
    {
        var page = new JsonObject { ["value"] = new JsonArray(), ["@odata.nextLink"] = "https://elsewhere.example/steal?token" };
        _target.Entra.Break(new Fault("GET", "/users") { Instead = new Answer(200, page) });
        await using var connector = _target.Connect();
        await Assert.ThrowsAsync<ConnectorException>(async () => await connector.ListAsync(ResourceType.User, _target.Context, default).CountAsync());
    }
}
