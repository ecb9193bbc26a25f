using System.Text.Json.Nodes;
using static Provisioning.Connectors.Spml.SpmlNames;

namespace Provisioning.Connectors.Spml.Tests;

/// <summary>The fake server refuses what the OASIS schemas do not allow, so that each exchange here is a valid one.</summary>
public sealed class When_messages_are_sent
{
    private static readonly OperationContext s_context = new("op", 1, DateTimeOffset.MaxValue, static _ => { });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_be_valid_whatever_the_operation(bool xsd)
    {
        await using var server = await FakeSpmlServer.StartAsync(new FakeOptions { Xsd = xsd, PageLimit = 1 });
        await using var connector = server.Connect();
        var ada = await CreateAsync(connector, "ada");
        var bob = await connector.CreateAsync(new NewAccount("m-bob", new JsonObject { ["uid"] = "bob" }, Enabled: false), s_context, default);
        AttributeChange[] changes = [new("title", null, "CTO"), new("mail", null, new JsonArray("a@x", "b@x")), new("displayName", null, null)];
        await connector.UpdateAsync(ada.Id, new AccountDelta(changes, [], Enabled: false), s_context, default);
        await connector.SetEnabledAsync(ada.Id, true, s_context, default);
        await connector.SetPasswordAsync(ada.Id, new Secret("long enough"), s_context, default);
        var group = await connector.CreateGroupAsync(Group(xsd), [ada.Id, bob.Id], s_context, default);
        await connector.UpdateGroupAsync(group.Id, null, new MembershipDelta([], [bob.Id]), s_context, default);
        Assert.Equal([ada.Id], await connector.ListMembersAsync(group.Id, s_context, default).ToListAsync());
        Assert.Equal([true, false], (await connector.ListAsync(ResourceType.User, s_context, default).ToListAsync()).Select(account => account.Enabled!.Value));
        await connector.ListAsync(ResourceType.User, s_context, default).FirstAsync();
        await connector.DeleteGroupAsync(group.Id, s_context, default);
        await connector.DeleteAsync(bob.Id, s_context, default);

        var sent = server.Requests.Select(request => request.Name.LocalName).ToHashSet();
        Assert.Superset(
            new HashSet<string>(["listTargetsRequest", "addRequest", "modifyRequest", "lookupRequest", "deleteRequest", "searchRequest", "iterateRequest",
                "closeIteratorRequest", "suspendRequest", "resumeRequest", "setPasswordRequest", "batchRequest"]),
            sent);
        Assert.Equal(0, server.Provider.OpenIterators);
        var state = Assert.Single(server.Provider.Objects.Values);
        Assert.Equal(("long enough", true), (state.Password, state.Active));
    }

    [Fact]
    public async Task Should_send_only_what_changed()
    {
        await using var server = await FakeSpmlServer.StartAsync();
        await using var connector = server.Connect();
        var ada = await CreateAsync(connector, "ada");
        AttributeChange[] changes = [new("title", null, "CTO"), new("displayName", null, null)];
        await connector.UpdateAsync(ada.Id, new AccountDelta(changes, []), s_context, default);
        var modifications = server.Requests[^1].Descendants(Dsml + "modification");
        Assert.Equal(
            [("title", "replace", "CTO"), ("displayName", "delete", "")],
            modifications.Select(change => ((string)change.Attribute("name")!, (string)change.Attribute("operation")!, change.Value)));
    }

    [Fact]
    public async Task Should_name_the_place_of_a_change_by_path()
    {
        await using var server = await FakeSpmlServer.StartAsync(new FakeOptions { Xsd = true });
        await using var connector = server.Connect();
        var created = await connector.CreateAsync(
            new NewAccount("m", new JsonObject { ["uid"] = "ada", ["name"] = new JsonObject { ["givenName"] = "Ada", ["familyName"] = "Byron" } }), s_context, default);
        await connector.UpdateAsync(created.Id, new AccountDelta([new("name", "familyName", "Lovelace")], []), s_context, default);
        Assert.Equal("/t:Person/t:name/t:familyName", (string?)server.Requests[^1].Descendants(Core + "component").Single().Attribute("path"));
        var found = await connector.FindAsync(ResourceType.User, new MatchKey("m", "ada"), s_context, default);
        Assert.Equal("""{"givenName":"Ada","familyName":"Lovelace"}""", Assert.Single(found).Account.Attributes["name"]!.ToJsonString());
    }

    [Fact]
    public async Task Should_send_the_wanted_identifier_and_container()
    {
        await using var server = await FakeSpmlServer.StartAsync();
        await using var connector = server.Connect(static settings => settings.User.Identifier = "dn");
        var created = await connector.CreateAsync(
            new NewAccount("m", new JsonObject { ["dn"] = "uid=ada,ou=people", ["uid"] = "ada" }), s_context, default);
        Assert.Equal("uid=ada,ou=people", created.Id);
        Assert.Equal(FakeProvider.Container, (string?)server.Requests[0].Element(Core + "containerID")?.Attribute("ID"));
        Assert.Null(created.Attributes["dn"]);
    }

    [Fact]
    public async Task Should_use_the_attribute_of_targets_that_cannot_suspend()
    {
        await using var server = await FakeSpmlServer.StartAsync(new FakeOptions { Capabilities = ["search"] });
        await using var connector = server.Connect(static settings =>
            settings.Enabled = new SpmlEnabledSettings { Attribute = "accountStatus", EnabledValue = "active", DisabledValue = "inactive" });
        var ada = await CreateAsync(connector, "ada");
        await connector.SetEnabledAsync(ada.Id, false, s_context, default);
        var found = Assert.Single(await connector.FindAsync(ResourceType.User, new MatchKey("m-ada", "ada"), s_context, default));
        Assert.Equal((false, "inactive"), (found.Account.Enabled, found.Account.Attributes["accountStatus"]!.ToString()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_prove_who_the_host_is(bool token)
    {
        await using var server = await FakeSpmlServer.StartAsync(
            new FakeOptions { UserName = "host", PasswordOfHost = "s3cret & more", UsesUsernameToken = token });
        await using var wrong = server.Connect();
        Assert.Equal("HTTP 401", await wrong.TestAsync(s_context, default));
        await using var right = server.Connect(settings =>
        {
            if (token)
                settings.UsernameToken = new() { UserName = "host", Password = new Secret("s3cret & more") };
            else
                settings.Authentication = new() { UserName = "host", Password = new Secret("s3cret & more") };
        });
        Assert.Null(await right.TestAsync(s_context, default));
    }

    [Fact]
    public async Task Should_say_that_an_action_fits_in_no_header()
    {
        await using var server = await FakeSpmlServer.StartAsync();
        await using var connector = server.Connect(static settings => settings.SoapAction = "caf\u00e9");
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => CreateAsync(connector, "ada"));
        Assert.Equal((FailureKind.Misconfigured, "'soapAction' has characters that no header takes"), (failure.Kind, failure.Message));
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData(0x0B)]
    [InlineData(0xFFFF)]
    [InlineData(0xD800)]
    public async Task Should_refuse_an_account_with_a_character_that_XML_does_not_have(int character)
    {
        await using var server = await FakeSpmlServer.StartAsync();
        await using var connector = server.Connect();
        var ada = await CreateAsync(connector, "ada");
        await connector.FindAsync(ResourceType.User, new MatchKey("m", "ada"), s_context, default);
        var sent = server.Requests.Count;
        var title = "C" + (char)character;
        Task[] calls =
        [
            CreateAsync(connector, title),
            connector.UpdateAsync(ada.Id, new AccountDelta([new("title", null, title)], []), s_context, default),
            connector.SetPasswordAsync(ada.Id, new Secret(title), s_context, default),
            connector.FindAsync(ResourceType.User, new MatchKey(title, title), s_context, default),
            connector.DeleteAsync(title, s_context, default),
        ];
        foreach (var call in calls)
        {
            var failure = await Assert.ThrowsAsync<ConnectorException>(() => call);
            Assert.Equal((FailureKind.Rejected, "a value has a character that XML does not have"), (failure.Kind, failure.Message));
        }

        Assert.Equal(sent, server.Requests.Count);
    }

    [Fact]
    public async Task Should_say_that_the_credentials_have_a_character_that_XML_does_not_have()
    {
        await using var server = await FakeSpmlServer.StartAsync();
        await using var connector = server.Connect(static settings => settings.UsernameToken = new() { UserName = "host", Password = new Secret("a\u000b") });
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => CreateAsync(connector, "ada"));
        Assert.Equal((FailureKind.Misconfigured, "'usernameToken' has a character that XML does not have"), (failure.Kind, failure.Message));
        Assert.Empty(server.Requests);
    }

    private static Task<Account> CreateAsync(SpmlConnector connector, string name) =>
        connector.CreateAsync(new NewAccount("m-" + name, new JsonObject { ["uid"] = name, ["displayName"] = name }), s_context, default);

    private static NewAccount Group(bool xsd) => new("m-team", new JsonObject { [xsd ? "uid" : "cn"] = "team" });
}
