using System.Net;
using System.Text.Json.Nodes;

namespace Provisioning.Acceptance.Tests;

/// <summary>What a service provider gave goes with it, and nothing else does.</summary>
public sealed class When_a_registration_ends(When_a_registration_ends.Setting setting) : IClassFixture<When_a_registration_ends.Setting>
{
    private readonly HostProcess _host = setting.Host;

    [Fact]
    public async Task Should_keep_the_account_while_another_one_grants_it()
    {
        var id = await RegisterAsync("office", "ann");
        await RegisterAsync("desk", "ann");
        await DeleteAsync("office", id);
        Assert.Equal("present", await DesiredAsync("shared", "ann"));
        await DeleteAsync("desk", id);
        Assert.Equal("disabled", await DesiredAsync("shared", "ann"));
    }

    [Fact]
    public async Task Should_give_nobody_an_account_who_only_signed_in_elsewhere()
    {
        var id = await RegisterAsync("desk", "bob");
        Assert.Equal("jitOff", (await SignInAsync("gate", "bob"))["reason"]!.ToString());
        await DeleteAsync("desk", id);
        Assert.Equal("jitOff", (await SignInAsync("gate", "bob"))["reason"]!.ToString());
        Assert.Equal("disabled", await DesiredAsync("shared", "bob"));
    }

    [Fact]
    public async Task Should_take_what_the_groups_of_a_trusted_one_opened()
    {
        var id = await RegisterAsync("office", "cid");
        Assert.Equal(id, await RegisterAsync("hr", "cid"));
        using var hr = _host.Client("hr");
        var group = await hr.PostAsync("/scim/v2/Groups", ScratchConfig.Scim(new JsonObject { ["displayName"] = "finance", ["members"] = new JsonArray(new JsonObject { ["value"] = id }) }));
        Assert.Equal(HttpStatusCode.Created, group.StatusCode);
        await HostProcess.UntilAsync(async () => await DesiredAsync("fin", "cid") == "present");
        await DeleteAsync("hr", id);
        Assert.NotEqual("present", await DesiredAsync("fin", "cid"));
        Assert.Equal("present", await DesiredAsync("shared", "cid"));
    }

    [Fact]
    public async Task Should_tell_an_application_nothing_of_who_else_grants_the_account()
    {
        await RegisterAsync("desk", "Dan.Secret");
        var answer = (await SignInAsync("lobby", "dan.secret")).ToJsonString();
        Assert.Contains("\"provisioned\"", answer, StringComparison.Ordinal);
        Assert.Contains("\"serviceProvider\":\"lobby\"", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("desk", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Dan.Secret", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_give_and_take_by_a_group_in_a_group()
    {
        var id = await RegisterAsync("office", "eve");
        using var office = _host.Client("office");
        var inner = await GroupAsync("inner", id);
        var finance = await GroupAsync("finance", inner);
        await HostProcess.UntilAsync(async () => await DesiredAsync("fin", "eve") == "present");
        Assert.Equal(HttpStatusCode.NoContent, (await office.PatchAsync($"/scim/v2/Groups/{inner}", Removal(id))).StatusCode);
        await HostProcess.UntilAsync(async () => await DesiredAsync("fin", "eve") == "disabled");
        await office.DeleteAsync($"/scim/v2/Groups/{finance}");

        async Task<string> GroupAsync(string name, string member)
        {
            var answer = await office.PostAsync("/scim/v2/Groups", ScratchConfig.Scim(new JsonObject { ["displayName"] = name, ["members"] = new JsonArray(new JsonObject { ["value"] = member }) }));
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["id"]!.ToString();
        }

        static StringContent Removal(string id) => ScratchConfig.Scim(new JsonObject
        {
            ["Operations"] = new JsonArray(new JsonObject { ["op"] = "remove", ["path"] = $"members[value eq \"{id}\"]" }),
        });
    }

    private async Task<string> RegisterAsync(string serviceProvider, string name)
    {
        using var client = _host.Client(serviceProvider);
        var answer = await client.PostAsync("/scim/v2/Users", ScratchConfig.User(name));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["id"]!.ToString();
    }

    private async Task DeleteAsync(string serviceProvider, string id)
    {
        using var client = _host.Client(serviceProvider);
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync($"/scim/v2/Users/{id}")).StatusCode);
    }

    private async Task<JsonNode> SignInAsync(string serviceProvider, string name)
    {
        using var client = _host.Client(serviceProvider);
        return JsonNode.Parse(await (await client.PostAsync("/api/sign-ins", ScratchConfig.User(name))).Content.ReadAsStringAsync())!;
    }

    private async Task<string?> DesiredAsync(string identityProvider, string name) =>
        (await _host.ListAsync($"assignments?resource={name}&identityProvider={identityProvider}")).FirstOrDefault()?["desired"]?.ToString();

    public sealed class Setting : IAsyncLifetime
    {
        internal HostProcess Host { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            var config = new ScratchConfig();
            config.Csv("shared");
            config.Csv("fin", """, "provisioningRoles": [ "finance" ] """);
            foreach (var (name, bindings) in (ReadOnlySpan<(string, string)>)
                [
                    ("office", """{ "identityProvider": "shared", "blocking": true }, { "identityProvider": "fin", "blocking": true }"""),
                    ("desk", """{ "identityProvider": "shared", "blocking": true }"""), ("gate", """{ "identityProvider": "shared", "blocking": true }"""),
                    ("lobby", """{ "identityProvider": "shared", "blocking": true, "jit": true }"""),
                ])
                config.ServiceProvider(name, $$"""
                    { "name": "{{name}}", "credentials": [ { "bearerToken": "generated:{{name}}" } ], "outboundProvisioning": [ {{bindings}} ] }
                    """);
            config.ServiceProvider("hr", """{ "name": "hr", "authority": "trusted", "credentials": [ { "bearerToken": "generated:hr" } ], "outboundProvisioning": [] }""");
            Host = await new HostProcess(config.Root, config.Policies).StartAsync();
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
