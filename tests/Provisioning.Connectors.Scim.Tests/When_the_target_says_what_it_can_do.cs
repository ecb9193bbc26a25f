using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Provisioning.Scim;

namespace Provisioning.Connectors.Scim.Tests;

public sealed class When_the_target_says_what_it_can_do
{
    private const string Custom = "urn:example:params:scim:schemas:extension:badge:2.0:User";

    private static readonly OperationContext s_context = new("op", 1, DateTimeOffset.MaxValue, static _ => { });

    [Fact]
    public async Task Should_ask_once_and_again_after_an_hour()
    {
        var time = new FakeTimeProvider();
        await using var target = await MemoryTarget.StartAsync();
        await using var connector = target.Connect(time: time);
        for (var i = 0; i < 3; i++)
            await CreateAsync(connector, $"user{i}");
        Assert.Single(Asked(target));
        time.Advance(TimeSpan.FromMinutes(61));
        await CreateAsync(connector, "late");
        Assert.Equal(2, Asked(target).Count());
    }

    [Fact]
    public async Task Should_ask_again_sooner_when_there_was_no_answer()
    {
        var time = new FakeTimeProvider();
        await using var target = await MemoryTarget.StartAsync(new TargetRules { TellsFeatures = false });
        await using var connector = target.Connect(time: time);
        await CreateAsync(connector, "one");
        time.Advance(TimeSpan.FromMinutes(6));
        await CreateAsync(connector, "two");
        Assert.Equal(2, Asked(target).Count());
    }

    [Fact]
    public async Task Should_believe_the_settings_more_than_the_target()
    {
        await using var target = await MemoryTarget.StartAsync(new TargetRules { Patch = false });
        await using var connector = target.Connect(switches: new DialectSwitches { Update = "path" });
        var created = await CreateAsync(connector, "ada");
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => connector.SetEnabledAsync(created.Id, false, s_context, default));
        Assert.Equal("501", failure.TargetCode);
    }

    [Fact]
    public async Task Should_replace_from_then_on_when_patches_turn_out_to_be_refused()
    {
        await using var target = await MemoryTarget.StartAsync(new TargetRules { TellsFeatures = false, Patch = false });
        await using var connector = target.Connect();
        var created = await CreateAsync(connector, "ada");
        await connector.SetEnabledAsync(created.Id, false, s_context, default);
        await connector.SetEnabledAsync(created.Id, true, s_context, default);
        Assert.Equal(
            ["PATCH", "GET", "PUT", "GET", "PUT"],
            target.Requests.Where(request => request.EndsWith(created.Id, StringComparison.Ordinal)).Select(request => request.Split(' ')[0]));
        Assert.True((bool)Assert.Single(target.Resources.Users)["active"]!);
    }

    [Fact]
    public async Task Should_search_without_filters()
    {
        await using var target = await MemoryTarget.StartAsync(new TargetRules { Filter = false, MostPerPage = 2 });
        await using var connector = target.Connect();
        foreach (var name in (string[])["ada", "bob", "eve"])
            await CreateAsync(connector, name);
        var found = await connector.FindAsync(ResourceType.User, new MatchKey("m-eve", "eve"), s_context, default);
        Assert.Equal("eve", Assert.Single(found).Account.Attributes["userName"]!.ToString());
    }

    [Fact]
    public async Task Should_not_search_by_marker_again_where_that_is_refused()
    {
        await using var target = await MemoryTarget.StartAsync(new TargetRules { FilterAttributes = ["userName"] });
        await using var connector = target.Connect();
        await CreateAsync(connector, "ada");
        for (var i = 0; i < 3; i++)
            Assert.Single(await connector.FindAsync(ResourceType.User, new MatchKey("m-ada", "ada"), s_context, default));
        Assert.Equal(4, target.Requests.Count(request => request == "GET Users"));
    }

    [Fact]
    public async Task Should_change_many_members_in_bulk_within_the_limits()
    {
        await using var target = await MemoryTarget.StartAsync(new TargetRules { BulkOperations = 4, BulkPayload = 700 });
        await using var connector = target.Connect(switches: new DialectSwitches { MemberBatch = 2 });
        var ids = new List<string>();
        for (var i = 0; i < 20; i++)
            ids.Add((await CreateAsync(connector, $"user{i}")).Id);
        var group = await CreateGroupAsync(connector, []);
        await connector.UpdateGroupAsync(group.Id, null, new MembershipDelta(ids, []), s_context, default);
        Assert.Equal(20, Members(target).Count());
        Assert.DoesNotContain(target.Requests, request => request.StartsWith("PATCH", StringComparison.Ordinal));
        Assert.InRange(target.Requests.Count(request => request == "POST Bulk"), 4, 10);

        // What fails within a bulk request is sent alone, where its failure can be told or healed.
        await connector.UpdateGroupAsync(group.Id, null, new MembershipDelta([], [.. ids[..5], "stranger"]), s_context, default);
        Assert.Equal(ids[5..], Members(target));
    }

    [Fact]
    public async Task Should_go_on_without_bulk_when_it_is_refused_after_all()
    {
        await using var target = await MemoryTarget.StartAsync();
        await using var connector = target.Connect(switches: new DialectSwitches { MemberBatch = 1, Bulk = true });
        string[] ids = [(await CreateAsync(connector, "ada")).Id, (await CreateAsync(connector, "bob")).Id];
        var group = await CreateGroupAsync(connector, []);
        await connector.UpdateGroupAsync(group.Id, null, new MembershipDelta(ids, []), s_context, default);
        Assert.Equal(ids, Members(target));
    }

    [Fact]
    public async Task Should_halve_what_the_target_finds_too_large()
    {
        await using var target = await MemoryTarget.StartAsync(new TargetRules { MostMembersPerRequest = 3 });
        await using var connector = target.Connect();
        var ids = new List<string>();
        for (var i = 0; i < 10; i++)
            ids.Add((await CreateAsync(connector, $"user{i}")).Id);
        var group = await CreateGroupAsync(connector, []);
        await connector.UpdateGroupAsync(group.Id, null, new MembershipDelta(ids, []), s_context, default);
        Assert.Equal(10, Members(target).Count());
    }

    [Fact]
    public async Task Should_tell_members_by_a_filter_on_users()
    {
        await using var target = await MemoryTarget.StartAsync(new TargetRules { HidesMembers = true, MostPerPage = 2 });
        await using var connector = target.Connect(switches: new DialectSwitches { MembersFrom = "users" });
        string[] ids = [(await CreateAsync(connector, "ada")).Id, (await CreateAsync(connector, "bob")).Id, (await CreateAsync(connector, "eve")).Id];
        var group = await CreateGroupAsync(connector, ids);
        await CreateAsync(connector, "stranger");
        Assert.Equal(ids, await connector.ListMembersAsync(group.Id, s_context, default).ToListAsync());
    }

    [Fact]
    public async Task Should_not_replace_members_that_it_cannot_read()
    {
        await using var target = await MemoryTarget.StartAsync(new TargetRules { HidesMembers = true, Patch = false });
        await using var connector = target.Connect(switches: new DialectSwitches { MembersFrom = "none" });
        var ada = await CreateAsync(connector, "ada");
        var group = await CreateGroupAsync(connector, [ada.Id]);
        var failure = await Assert.ThrowsAsync<ConnectorException>(
            () => connector.UpdateGroupAsync(group.Id, null, new MembershipDelta([], [ada.Id]), s_context, default));
        Assert.Equal(FailureKind.Rejected, failure.Kind);
        Assert.Equal([ada.Id], Members(target));
    }

    [Fact]
    public async Task Should_keep_enterprise_and_custom_extensions()
    {
        await using var target = await MemoryTarget.StartAsync();
        await using var connector = target.Connect();
        var created = await connector.CreateAsync(
            new NewAccount("m", new JsonObject
            {
                ["userName"] = "ada",
                [ScimSchemas.EnterpriseUser] = new JsonObject { ["department"] = "R", ["employeeNumber"] = "7" },
                [Custom] = new JsonObject { ["color"] = "red", ["rooms"] = new JsonArray("1", "2") },
            }),
            s_context, default);
        AttributeChange[] changes = [new(ScimSchemas.EnterpriseUser, "department", "Ops"), new(Custom, "color", null), new(Custom, "rooms", new JsonArray("3"))];
        await connector.UpdateAsync(created.Id, new AccountDelta(changes, []), s_context, default);
        var ada = Assert.Single(target.Resources.Users);
        Assert.Equal([ScimSchemas.User, ScimSchemas.EnterpriseUser, Custom], ada["schemas"]!.AsArray().Select(schema => schema!.ToString()));
        Assert.Equal("""{"department":"Ops","employeeNumber":"7"}""", ada[ScimSchemas.EnterpriseUser]!.ToJsonString());
        Assert.Equal("""{"rooms":["3"]}""", ada[Custom]!.ToJsonString());
    }

    [Fact]
    public async Task Should_describe_attributes_as_mappings_write_them()
    {
        await using var target = await MemoryTarget.StartAsync();
        await using var connector = target.Connect();
        var schema = await connector.DescribeAsync(ResourceType.User, s_context, default);
        Assert.True(schema.Single(attribute => attribute.Name == "userName").Required);
        Assert.True(schema.Single(attribute => attribute.Name == "name.formatted").ReadOnly);
        Assert.True(schema.Single(attribute => attribute.Name == "emails").MultiValued);
        Assert.Contains(schema, attribute => attribute.Name == ScimSchemas.EnterpriseUser + ":department");
    }

    [Fact]
    public async Task Should_say_that_passwords_are_not_taken()
    {
        await using var target = await MemoryTarget.StartAsync(new TargetRules { ChangePassword = false });
        await using var connector = target.Connect();
        var created = await CreateAsync(connector, "ada");
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => connector.SetPasswordAsync(created.Id, new Secret("x"), s_context, default));
        Assert.Equal("the target says that it takes no passwords: set changePassword if it does", failure.Message);
    }

    private static IEnumerable<string> Asked(MemoryTarget target) => target.Requests.Where(request => request == "GET ServiceProviderConfig");

    private static Task<Account> CreateAsync(ScimConnector connector, string name) =>
        connector.CreateAsync(new NewAccount("m-" + name, new JsonObject { ["userName"] = name }), s_context, default);

    private static Task<Account> CreateGroupAsync(ScimConnector connector, IReadOnlyList<string> members) =>
        connector.CreateGroupAsync(new NewAccount("m-team", new JsonObject { ["displayName"] = "team" }), members, s_context, default);

    private static IEnumerable<string> Members(MemoryTarget target) =>
        Assert.Single(target.Resources.Groups)["members"]!.AsArray().Select(member => member!["value"]!.ToString());
}
