using System.Text;
using System.Text.Json.Nodes;

namespace Provisioning.Host.Tests;

/// <summary>Groups as members of groups, as SCIM clients write and read them.</summary>
public sealed class When_a_group_is_in_a_group : IAsyncLifetime
{
    private InboundRig _rig = null!;
    private HttpClient _portal = null!;
    private string _ada = "", _bob = "", _inner = "", _outer = "";

    public async ValueTask InitializeAsync()
    {
        _rig = await InboundRig.StartAsync(("shop", "\"description\": \"another application\""));
        _portal = _rig.Client();
        _ada = await CreateAsync("Users", """{ "userName": "ada" }""");
        _bob = await CreateAsync("Users", """{ "userName": "bob" }""");
        _inner = await CreateAsync("Groups", $$"""{ "displayName": "inner", "members": [ { "value": "{{_ada}}" } ] }""");
        _outer = await CreateAsync("Groups", $$"""{ "displayName": "outer", "members": [ { "value": "{{_bob}}", "type": "User" }, { "value": "{{_inner}}", "type": "Group" } ] }""");
    }

    public async ValueTask DisposeAsync()
    {
        Assert.Empty(_rig.Logged);
        _portal.Dispose();
        await _rig.DisposeAsync();
    }

    [Fact]
    public async Task Should_show_the_members_that_it_names_each_with_its_type()
    {
        var members = (await GetAsync($"Groups/{_outer}"))["members"]!.AsArray();
        Assert.Equal([(_bob, "User", $"Users/{_bob}"), (_inner, "Group", $"Groups/{_inner}")], members.Select(x => (
            x!["value"]!.ToString(), x["type"]!.ToString(), x["$ref"]!.ToString().Split("/scim/v2/")[1])));
    }

    [Fact]
    public async Task Should_show_with_a_user_which_groups_are_direct()
    {
        Assert.Equal([("inner", "direct"), ("outer", "indirect")], await GroupsOfAsync(_ada));
        Assert.Equal([("outer", "direct")], await GroupsOfAsync(_bob));
    }

    [Theory]
    [InlineData("""{ "op": "remove", "path": "members[value eq \"$inner\"]" }""")]
    [InlineData("""{ "op": "remove", "path": "members", "value": [ { "value": "$inner" } ] }""")]
    [InlineData("""{ "op": "remove", "path": "members[type eq \"Group\"]" }""")]
    [InlineData("""{ "op": "replace", "path": "members", "value": [ { "value": "$bob" } ] }""")]
    public async Task Should_take_a_group_out_and_put_it_back(string removal)
    {
        var operation = removal.Replace("$inner", _inner, StringComparison.Ordinal).Replace("$bob", _bob, StringComparison.Ordinal);
        Assert.Equal(204, await PatchAsync(_outer, operation));
        Assert.Equal([("inner", "direct")], await GroupsOfAsync(_ada));
        Assert.Equal([("outer", "direct")], await GroupsOfAsync(_bob));
        Assert.Equal(204, await PatchAsync(_outer, $$"""{ "op": "add", "path": "members", "value": [ { "value": "{{_inner}}" } ] }"""));
        Assert.Equal([("inner", "direct"), ("outer", "indirect")], await GroupsOfAsync(_ada));
    }

    [Fact]
    public async Task Should_follow_the_changes_of_the_group_in_it()
    {
        var before = (await GetAsync($"Groups/{_outer}"))["meta"]!["version"]!.ToString();
        await PatchAsync(_inner, $$"""{ "op": "add", "path": "members", "value": [ { "value": "{{_bob}}" } ] }""");
        await PatchAsync(_inner, $$"""{ "op": "remove", "path": "members[value eq \"{{_ada}}\"]" }""");
        Assert.Empty(await GroupsOfAsync(_ada));
        Assert.Equal([("inner", "direct"), ("outer", "direct")], await GroupsOfAsync(_bob));
        Assert.NotEqual(before, (await GetAsync($"Groups/{_outer}"))["meta"]!["version"]!.ToString());
        Assert.Equal(204, (int)(await _portal.DeleteAsync($"/scim/v2/Groups/{_inner}")).StatusCode);
        Assert.Equal(_bob, Assert.Single((await GetAsync($"Groups/{_outer}"))["members"]!.AsArray())!["value"]!.ToString());
    }

    [Fact]
    public async Task Should_be_found_by_its_members_and_find_its_users()
    {
        foreach (var (filter, found) in ((string, string)[])[($"members.value eq \"{_inner}\"", "outer"), ($"members.value eq \"{_ada}\"", "inner"), ($"members[value eq \"{_bob}\"]", "outer")])
            foreach (var more in (string[])["", "&excludedAttributes=members"])
                Assert.Equal(found, Assert.Single((await GetAsync($"Groups?filter={Uri.EscapeDataString(filter)}{more}"))["Resources"]!.AsArray())!["displayName"]!.ToString());
        var users = await GetAsync($"Users?filter={Uri.EscapeDataString($"groups.value eq \"{_outer}\"")}");
        Assert.Equal(["bob", "ada"], users["Resources"]!.AsArray().Select(x => x!["userName"]!.ToString()));
    }

    [Fact]
    public async Task Should_refuse_a_group_in_itself_at_any_depth()
    {
        foreach (var (group, member) in ((string, string)[])[(_inner, _outer), (_inner, _inner)])
        {
            var (status, answer) = await InboundRig.SendAsync(_portal, "PATCH", $"/scim/v2/Groups/{group}", Encoding.UTF8.GetBytes(
                $$"""{ "Operations": [ { "op": "add", "path": "members", "value": [ { "value": "{{member}}" } ] } ] }"""));
            Assert.Equal(400, (int)status);
            Assert.Contains("would contain itself", answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Should_know_nothing_of_the_groups_of_another_application()
    {
        using var shop = _rig.Client(InboundRig.TokenOf("shop"));
        var (status, answer) = await InboundRig.SendAsync(shop, "POST", "/scim/v2/Groups", Encoding.UTF8.GetBytes(
            $$"""{ "displayName": "mine", "members": [ { "value": "{{_outer}}" } ] }"""));
        Assert.Equal(400, (int)status);
        Assert.Contains($"there is no user or group '{_outer}'", answer, StringComparison.Ordinal);
    }

    private async Task<string> CreateAsync(string kind, string body)
    {
        var (status, answer) = await InboundRig.SendAsync(_portal, "POST", $"/scim/v2/{kind}", Encoding.UTF8.GetBytes(body));
        Assert.True((int)status == 201, answer);
        return JsonNode.Parse(answer)!["id"]!.ToString();
    }

    private async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await _portal.GetStringAsync($"/scim/v2/{path}"))!;

    private async Task<int> PatchAsync(string group, string operation) =>
        (int)(await InboundRig.SendAsync(_portal, "PATCH", $"/scim/v2/Groups/{group}", Encoding.UTF8.GetBytes($$"""{ "Operations": [ {{operation}} ] }"""))).Status;

    private async Task<IEnumerable<(string, string)>> GroupsOfAsync(string user) =>
        ((await GetAsync($"Users/{user}"))["groups"]?.AsArray() ?? []).Select(x => (x!["display"]!.ToString(), x["type"]!.ToString())).Order();
}
