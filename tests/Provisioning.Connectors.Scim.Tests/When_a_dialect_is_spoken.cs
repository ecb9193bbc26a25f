using System.Text.Json.Nodes;
using Provisioning.Scim;

namespace Provisioning.Connectors.Scim.Tests;

/// <summary>Each target here has the limits that its product publishes.</summary>
public sealed class When_a_dialect_is_spoken
{
    private static readonly OperationContext s_context = new("op", 1, DateTimeOffset.MaxValue, static _ => { });

    private static readonly TargetRules s_aws = new()
    {
        MostPerPage = 50, FilterAttributes = ["userName", "externalId", "displayName"], MostMembersPerRequest = 100,
        HidesMembers = true, RefusesToReplaceGroups = true, SingleValued = ["emails", "phoneNumbers"],
        GroupAttributes = ["displayName", "members"], Required = ["displayName", "name.givenName", "name.familyName"],
    };

    public static TheoryData<string> Names => [.. Dialects.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Should_keep_an_account_at_a_target_that_follows_the_standard(string dialect)
    {
        await using var target = await MemoryTarget.StartAsync();
        await using var connector = target.Connect(dialect, new DialectSwitches { RemoveMembers = "filter" });
        Assert.Null(await connector.TestAsync(s_context, default));
        var created = await connector.CreateAsync(Ada(), s_context, default);
        await connector.UpdateAsync(created.Id, new AccountDelta([new("displayName", null, "Lady Ada"), new("name", "familyName", "King")], []), s_context, default);
        await connector.SetEnabledAsync(created.Id, false, s_context, default);
        var found = Assert.Single(await connector.FindAsync(ResourceType.User, new MatchKey("m-ada", "ada"), s_context, default));
        Assert.Equal((created.Id, false, AccountOwnership.Ours), (found.Account.Id, found.Account.Enabled!.Value, found.Ownership));
        Assert.Equal(("Lady Ada", "Ada", "King"), (
            found.Account.Attributes["displayName"]!.ToString(), found.Account.Attributes["name"]!["givenName"]!.ToString(),
            found.Account.Attributes["name"]!["familyName"]!.ToString()));
    }

    [Fact]
    public async Task Should_keep_large_groups_at_aws_though_it_hides_their_members()
    {
        await using var target = await MemoryTarget.StartAsync(s_aws);
        await using var connector = target.Connect("aws");
        var ids = new List<string>();
        for (var i = 0; i < 250; i++)
            ids.Add((await connector.CreateAsync(Ada(i), s_context, default)).Id);
        var group = await connector.CreateGroupAsync(
            new NewAccount("g", new JsonObject { ["displayName"] = "team", ["description"] = "refused" }), ids, s_context, default);
        Assert.Equal(ids, Members(target));
        await connector.UpdateGroupAsync(group.Id, null, new MembershipDelta([], ids[..130]), s_context, default);
        Assert.Equal(ids[130..], Members(target));
        Assert.Equal(4, target.Requests.Count(request => request.StartsWith("PATCH Groups", StringComparison.Ordinal)));
        var failure = await Assert.ThrowsAsync<ConnectorException>(async () => await connector.ListMembersAsync(group.Id, s_context, default).CountAsync());
        Assert.Equal("the target does not tell who is in a group", failure.Message);
    }

    [Fact]
    public async Task Should_send_one_value_where_one_is_taken()
    {
        await using var target = await MemoryTarget.StartAsync(s_aws);
        await using var connector = target.Connect("aws");
        var ada = Ada();
        ada.Attributes["emails"] = JsonNode.Parse("""[{"value":"home@x","type":"home"},{"value":"work@x","type":"work","primary":true}]""");
        var created = await connector.CreateAsync(ada, s_context, default);
        Assert.Equal("""[{"value":"work@x","type":"work","primary":true}]""", Assert.Single(target.Resources.Users)["emails"]!.ToJsonString());
        await connector.UpdateAsync(
            created.Id, new AccountDelta([new("emails", null, JsonNode.Parse("""[{"value":"a@x"},{"value":"b@x"}]"""))], []), s_context, default);
        Assert.Equal("""[{"value":"a@x"}]""", Assert.Single(target.Resources.Users)["emails"]!.ToJsonString());
    }

    [Fact]
    public async Task Should_name_all_that_is_missing_before_anything_is_sent()
    {
        await using var target = await MemoryTarget.StartAsync(s_aws);
        await using var connector = target.Connect("aws");
        var incomplete = new NewAccount("m", new JsonObject { ["userName"] = "ada", ["name"] = new JsonObject { ["givenName"] = "Ada" } });
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => connector.CreateAsync(incomplete, s_context, default));
        Assert.Equal((FailureKind.Rejected, "the target refuses users without 'displayName', 'name.familyName': map them"), (failure.Kind, failure.Message));
        Assert.DoesNotContain(target.Requests, request => request.StartsWith("POST", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("entra")]
    [InlineData("legacy")]
    public async Task Should_remove_members_by_value_where_filters_in_paths_are_not_read(string dialect)
    {
        await using var target = await MemoryTarget.StartAsync(new TargetRules { RemovesByValue = true, WantsStringBooleans = dialect == "legacy" });
        await using var connector = target.Connect(dialect);
        string[] ids = [(await connector.CreateAsync(Ada(1), s_context, default)).Id, (await connector.CreateAsync(Ada(2), s_context, default)).Id];
        var group = await connector.CreateGroupAsync(new NewAccount("g", new JsonObject { ["displayName"] = "team" }), ids, s_context, default);
        await connector.UpdateGroupAsync(group.Id, null, new MembershipDelta([], [ids[0]]), s_context, default);
        Assert.Equal([ids[1]], Members(target));
    }

    [Fact]
    public async Task Should_patch_without_paths_and_with_a_password_where_okta_s_client_is_expected()
    {
        await using var target = await MemoryTarget.StartAsync(new TargetRules { RefusesPaths = true, WantsPassword = true });
        await using var connector = target.Connect("okta");
        var created = await connector.CreateAsync(Ada(), s_context, default);
        await connector.UpdateAsync(created.Id, new AccountDelta([new("name", "familyName", "King")], [], Enabled: false), s_context, default);
        var ada = Assert.Single(target.Resources.Users);
        Assert.Equal("""{"givenName":"Ada","familyName":"King"}""", ada["name"]!.ToJsonString());
        Assert.False((bool)ada["active"]!);
        Assert.Matches("^.{28}$", target.Resources.PasswordOf(created.Id));
        Assert.Null(created.Attributes["password"]);
    }

    [Fact]
    public async Task Should_send_all_who_stay_where_members_cannot_leave_one_by_one()
    {
        await using var target = await MemoryTarget.StartAsync();
        await using var connector = target.Connect(switches: new DialectSwitches { RemoveMembers = "replace" });
        string[] ids = [(await connector.CreateAsync(Ada(1), s_context, default)).Id, (await connector.CreateAsync(Ada(2), s_context, default)).Id,
            (await connector.CreateAsync(Ada(3), s_context, default)).Id];
        var group = await connector.CreateGroupAsync(new NewAccount("g", new JsonObject { ["displayName"] = "team" }), ids[..2], s_context, default);
        await connector.UpdateGroupAsync(group.Id, null, new MembershipDelta([ids[2]], [ids[0]]), s_context, default);
        Assert.Equal(ids[1..], Members(target));
    }

    [Fact]
    public async Task Should_disable_after_creating_where_new_accounts_are_active()
    {
        await using var target = await MemoryTarget.StartAsync(new TargetRules { RefusesDisabledCreation = true });
        await using var connector = target.Connect("bitwarden");
        var created = await connector.CreateAsync(Ada() with { Enabled = false }, s_context, default);
        Assert.False(created.Enabled);
        Assert.False((bool)Assert.Single(target.Resources.Users)["active"]!);
    }

    [Fact]
    public async Task Should_disable_by_the_attribute_that_wso2_has()
    {
        await using var target = await MemoryTarget.StartAsync(new TargetRules { WantsPassword = true });
        await using var connector = target.Connect("wso2");
        var created = await connector.CreateAsync(Ada(), s_context, default);
        await connector.SetEnabledAsync(created.Id, false, s_context, default);
        Assert.True((bool)Assert.Single(target.Resources.Users)[ScimSchemas.EnterpriseUser]!["accountDisabled"]!);
        var found = Assert.Single(await connector.FindAsync(ResourceType.User, new MatchKey("m-ada", "ada"), s_context, default));
        Assert.False(found.Account.Enabled);
    }

    [Theory]
    [InlineData("github")]
    [InlineData("passbolt")]
    public async Task Should_keep_users_where_there_are_no_groups(string dialect)
    {
        await using var target = await MemoryTarget.StartAsync(new TargetRules { Groups = false });
        await using var connector = target.Connect(dialect);
        Assert.Null(await connector.TestAsync(s_context, default));
        await connector.CreateAsync(Ada(), s_context, default);
        var failure = await Assert.ThrowsAsync<ConnectorException>(
            () => connector.CreateGroupAsync(new NewAccount("g", new JsonObject { ["displayName"] = "team" }), [], s_context, default));
        Assert.Equal("the target has no groups: leave 'groups' of the identity provider empty", failure.Message);
        Assert.Empty(await connector.DescribeAsync(ResourceType.Group, s_context, default));
    }

    [Fact]
    public async Task Should_name_the_dialects_there_are()
    {
        await using var target = await MemoryTarget.StartAsync();
        var failure = Assert.Throws<ConnectorException>(() => target.Connect("aswe"));
        Assert.StartsWith("there is no dialect 'aswe'; there are 'standard', 'entra', 'okta'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_name_all_switches_that_are_wrong()
    {
        await using var target = await MemoryTarget.StartAsync();
        var failure = Assert.Throws<ConnectorException>(() => target.Connect(switches: new DialectSwitches { Update = "post", Paging = "page", MemberBatch = 0 }));
        Assert.Equal(
            "memberBatch and pageSize must be at least 1; update is 'post'; it can be 'path', 'pathless', 'dotted', 'put'; paging is 'page'; it can be 'index', 'cursor'",
            failure.Message);
    }

    private static NewAccount Ada(int number = 0)
    {
        var name = number == 0 ? "ada" : $"ada{number}";
        return new NewAccount("m-" + name, new JsonObject
        {
            ["userName"] = name,
            ["displayName"] = "Ada",
            ["name"] = new JsonObject { ["givenName"] = "Ada", ["familyName"] = "Byron" },
            ["emails"] = JsonNode.Parse("""[{"value":"ada@example.com","type":"work","primary":true}]"""),
            ["entitlements"] = JsonNode.Parse("""[{"value":"profile"}]"""),
        });
    }

    private static IEnumerable<string> Members(MemoryTarget target) =>
        Assert.Single(target.Resources.Groups)["members"]!.AsArray().Select(member => member!["value"]!.ToString());
}
