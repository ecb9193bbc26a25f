using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Provisioning.Core.Ledger;
using Provisioning.Core.Users;
using Provisioning.Host.Health;
using Provisioning.Host.Inbound;
using Provisioning.Testing;

namespace Provisioning.Host.Tests;

/// <summary>What one caller may send and have is bounded in bytes, and what there is already can be read.</summary>
public sealed class When_callers_send_much : IAsyncLifetime
{
    private const string Users = "/scim/v2/Users", Groups = "/scim/v2/Groups";

    private InboundRig _rig = null!;
    private HttpClient _portal = null!;

    public async ValueTask InitializeAsync()
    {
        _rig = await InboundRig.StartAsync();
        _portal = _rig.Client();
    }

    public async ValueTask DisposeAsync()
    {
        Assert.Empty(_rig.Logged);
        _portal.Dispose();
        await _rig.DisposeAsync();
    }

    [Theory]
    [InlineData("POST", Users)]
    [InlineData("POST", "/api/sign-ins")]
    public async Task Should_refuse_a_user_that_takes_too_much(string method, string path)
    {
        Assert.True((int)(await SendAsync(method, path, User("fits", AttributeSize.MaxBytes - 100))).Status is 200 or 201);
        var (status, said) = await SendAsync(method, path, User("ada", AttributeSize.MaxBytes));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Contains($"at most {AttributeSize.MaxBytes} are possible", said["detail"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_refuse_to_let_a_user_grow_too_large_by_patches()
    {
        var id = (await SendAsync("POST", Users, User("ada", 200 * 1024))).Body["id"]!.ToString();
        var (status, _) = await SendAsync("PATCH", $"{Users}/{id}", Patch(new JsonObject { ["op"] = "add", ["path"] = "title", ["value"] = new string('t', 60 * 1024) }));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
    }

    [Fact]
    public async Task Should_let_a_user_from_an_earlier_version_be_read_disabled_and_made_smaller()
    {
        await StoreAsync("old", 900 * 1024);
        var (status, read) = await SendAsync("GET", $"{Users}/old", null);
        Assert.Equal((HttpStatusCode.OK, 900 * 1024), (status, read["x"]!.ToString().Length));
        var (_, disabled) = await SendAsync("PATCH", $"{Users}/old", Patch(new JsonObject { ["op"] = "replace", ["path"] = "active", ["value"] = false }));
        Assert.False(disabled["active"]!.GetValue<bool>());
        Assert.Equal(
            HttpStatusCode.RequestEntityTooLarge,
            (await SendAsync("PATCH", $"{Users}/old", Patch(new JsonObject { ["op"] = "add", ["path"] = "title", ["value"] = "t" }))).Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("PUT", $"{Users}/old", User("old", 800 * 1024))).Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("POST", "/api/sign-ins", new JsonObject { ["userName"] = "old" })).Status);
    }

    [Fact]
    public async Task Should_end_pages_by_their_bytes_and_lead_through_all_of_them()
    {
        for (var i = 0; i < 7; i++)
            await StoreAsync($"u{i}", 900 * 1024);
        foreach (var query in (string[])["", "&attributes=userName", $"&filter={Uri.EscapeDataString("userName sw \"u\"")}", $"&filter={Uri.EscapeDataString("x pr")}&attributes=id"])
        {
            var seen = new List<string>();
            while (seen.Count < 7)
            {
                var (status, page) = await SendAsync("GET", $"{Users}?count=500&startIndex={seen.Count + 1}{query}", null);
                Assert.Equal(HttpStatusCode.OK, status);
                Assert.Equal(7, page["totalResults"]!.GetValue<int>());
                Assert.InRange(page["itemsPerPage"]!.GetValue<int>(), 1, 3);
                seen.AddRange(page["Resources"]!.AsArray().Select(x => x!["id"]!.ToString()));
            }

            Assert.Equal(Enumerable.Range(0, 7).Select(i => $"u{i}"), seen);
        }
    }

    [Fact]
    public async Task Should_show_the_groups_of_each_user_of_a_page()
    {
        await StoreAsync("u1", 1);
        await StoreAsync("u2", 1);
        await SendAsync("POST", Groups, new JsonObject { ["displayName"] = "crew", ["members"] = new JsonArray(new JsonObject { ["value"] = "u2" }) });
        var (_, page) = await SendAsync("GET", Users, null);
        Assert.Null(page["Resources"]![0]!["groups"]);
        Assert.Equal("crew", Assert.Single(page["Resources"]![1]!["groups"]!.AsArray())!["display"]!.ToString());
    }

    [Fact]
    public async Task Should_accept_a_group_of_twenty_thousand_members_with_their_names_and_references()
    {
        await StoreAsync("u1", 1);
        var member = new JsonObject { ["value"] = "u1", ["display"] = new string('n', 40), ["type"] = "User", ["$ref"] = $"https://provisioning.example/scim/v2/Users/{Guid.Empty}" };
        var group = new JsonObject { ["displayName"] = "all", ["members"] = new JsonArray([.. Enumerable.Repeat(member, 20_000).Select(x => x.DeepClone())]) };
        var (created, body) = await SendAsync("POST", Groups, group);
        Assert.Equal(HttpStatusCode.Created, created);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("PUT", $"{Groups}/{body["id"]}", group)).Status);
        var add = new JsonObject { ["op"] = "add", ["path"] = "members", ["value"] = group["members"]!.DeepClone() };
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync("PATCH", $"{Groups}/{body["id"]}", Patch(add))).Status);
    }

    [Theory]
    [InlineData("POST", Users, ScimBody.MaxBytes)]
    [InlineData("POST", "/api/sign-ins", ScimBody.MaxBytes)]
    [InlineData("POST", "/access/v1/evaluation", ScimBody.MaxBytes)]
    [InlineData("POST", Groups, ScimBody.MaxGroupBytes)]
    public async Task Should_refuse_a_body_above_the_limit_and_say_the_limit(string method, string path, int limit)
    {
        var (status, said) = await SendAsync(method, path, User("ada", limit));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Contains($"{limit} bytes", said["detail"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_refuse_a_group_whose_own_attributes_take_too_much()
    {
        var (status, _) = await SendAsync("POST", Groups, new JsonObject { ["displayName"] = "crew", ["x"] = new string('x', AttributeSize.MaxBytes) });
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
    }

    [Fact]
    public async Task Should_refuse_an_object_with_very_many_attributes()
    {
        var user = User("ada", 1);
        for (var i = 0; i < 1_000; i++)
            user[$"a{i}"] = i;
        var (status, said) = await SendAsync("POST", Users, user);
        Assert.Equal((HttpStatusCode.BadRequest, "invalidSyntax"), (status, said["scimType"]!.ToString()));
    }

    [Fact]
    public async Task Should_refuse_a_patch_of_very_many_operations()
    {
        await StoreAsync("u1", 1);
        var operations = Enumerable.Repeat(0, 10_001).Select(_ => new JsonObject { ["op"] = "remove", ["path"] = "title" }).ToArray();
        var (status, said) = await SendAsync("PATCH", $"{Users}/u1", Patch(operations));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Contains("at most 10000", said["detail"]!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"value":"False"}]""")]
    [InlineData("""["false"]""")]
    [InlineData("""{"value":false}""")]
    public async Task Should_understand_active_in_the_form_of_a_list(string active)
    {
        await StoreAsync("u1", 1);
        foreach (var (method, body) in ((string, JsonObject)[])
            [("PUT", new JsonObject { ["userName"] = "u1", ["active"] = JsonNode.Parse(active) }), ("PATCH", Patch(new JsonObject { ["op"] = "replace", ["path"] = "active", ["value"] = JsonNode.Parse(active) }))])
        {
            await SendAsync("PUT", $"{Users}/u1", new JsonObject { ["userName"] = "u1", ["active"] = true });
            Assert.Equal("false", (await SendAsync(method, $"{Users}/u1", body)).Body["active"]!.ToJsonString());
        }
    }

    [Fact]
    public async Task Should_tell_details_of_its_health_only_to_its_own_token()
    {
        await File.WriteAllTextAsync(Path.Combine(_rig.Config, "service-providers", "bad.json"), """{ "name": "bad", "credentials": [ { "bearerToken": "env:NOT_SET_TOKEN" } ] }""");
        _rig.Services.GetRequiredService<Configuration.ConfigurationFolder>().Refresh();
        Assert.Contains("NOT_SET_TOKEN", Assert.Single(_rig.Logged), StringComparison.Ordinal);
        _rig.Logged.Clear();
        using var nobody = _rig.Client(null);
        using var resident = _rig.Client(_rig.ResidentToken);
        Assert.Equal(ContentCheck.LastGood, await nobody.GetStringAsync("/health/ready"));
        Assert.Equal(ContentCheck.LastGood, await _portal.GetStringAsync("/health/ready"));
        Assert.Contains("bad.json: credentials[0].bearerToken", await resident.GetStringAsync("/health/ready"), StringComparison.Ordinal);
        File.Delete(Path.Combine(_rig.Config, "service-providers", "bad.json"));
        _rig.Services.GetRequiredService<Configuration.ConfigurationFolder>().Refresh();
        Assert.Equal(HealthEndpoints.Ready, await nobody.GetStringAsync("/health/ready"));
    }

    private async Task StoreAsync(string id, int size) => await _rig.Storage.Ledger.CommitUserAsync(
        People.Known(id, id, User(id, size), DateTimeOffset.UnixEpoch), WriteKind.Insert, [], CancellationToken.None);

    private static JsonObject User(string name, int size) => new() { ["userName"] = name, ["x"] = new string('x', size) };

    private static JsonObject Patch(params JsonObject[] operations) => new() { ["Operations"] = new JsonArray([.. operations]) };

    private async Task<(HttpStatusCode Status, JsonNode Body)> SendAsync(string method, string path, JsonObject? body)
    {
        var (status, answer) = await InboundRig.SendAsync(_portal, method, path, body is null ? [] : Encoding.UTF8.GetBytes(body.ToJsonString()));
        return (status, answer.Length == 0 ? new JsonObject() : answer[0] is '{' ? JsonNode.Parse(answer)! : new JsonObject { ["detail"] = answer });
    }
}
