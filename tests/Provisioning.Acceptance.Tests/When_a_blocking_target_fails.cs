using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Provisioning.Acceptance.Tests;

public sealed class When_a_blocking_target_fails(When_a_blocking_target_fails.Setting setting) : IClassFixture<When_a_blocking_target_fails.Setting>
{
    private const string Extension = "urn:provisioning:scim:assignments";

    private readonly HostProcess _host = setting.Host;

    [Fact]
    public async Task Should_answer_502_with_the_state_of_each_assignment_and_keep_the_user()
    {
        using var portal = _host.Client("fails");
        var answer = await portal.PostAsync("/scim/v2/Users", ScratchConfig.User("ada"));
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Equal("502", body["status"]!.ToString());
        Assert.Contains("'absent' failed", body["detail"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(["absent", "works"], body[Extension]!.AsArray().Select(x => x!["identityProvider"]!.ToString()).Order());
        Assert.Equal("pending", body[Extension]!.AsArray().Single(x => x!["identityProvider"]!.ToString() == "absent")!["status"]!.ToString());
        Assert.Equal(HttpStatusCode.OK, (await portal.GetAsync($"/scim/v2/Users/{body["id"]}")).StatusCode);
    }

    [Fact]
    public async Task Should_answer_504_when_the_time_is_over_and_go_on_working()
    {
        using var portal = _host.Client("waits");
        var answer = await portal.PostAsync("/scim/v2/Users", ScratchConfig.User("eve"));
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal(HttpStatusCode.GatewayTimeout, answer.StatusCode);
        Assert.Contains("'silent' did not finish in time", body["detail"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("done", body[Extension]!.AsArray().Single(x => x!["identityProvider"]!.ToString() == "works")!["status"]!.ToString());
    }

    [Fact]
    public async Task Should_not_allow_a_sign_in()
    {
        using var portal = _host.Client("fails-at-sign-in");
        var answer = await portal.PostAsync("/api/sign-ins", ScratchConfig.User("grace"));
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(body["allowed"]!.GetValue<bool>());
        Assert.Equal("transient", body["assignments"]!.AsArray().Single(x => x!["blocking"]!.GetValue<bool>())!["failure"]!.ToString());
    }

    public sealed class Setting : IAsyncLifetime
    {
        // Accepts connections and never answers.
        private readonly TcpListener _silent = new(IPAddress.Loopback, 0);
        private readonly ScratchConfig _config = new();

        internal HostProcess Host { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            _silent.Start();
            Scim("silent", ((IPEndPoint)_silent.LocalEndpoint).Port);
            _config.Csv("works");
            _config.ServiceProvider("waits", """
                { "name": "waits", "credentials": [ { "bearerToken": "generated:waits" } ],
                  "outboundProvisioning": [ { "identityProvider": "silent", "blocking": true, "blockingTimeout": "PT1S" }, { "identityProvider": "works", "blocking": true } ] }
                """);

            // A target that failed is left alone sooner or later, so each has its own.
            Fails("fails", "absent");
            Fails("fails-at-sign-in", "absent-at-sign-in");
            Host = await new HostProcess(_config.Root, _config.Policies).StartAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            _silent.Dispose();
        }

        private void Fails(string name, string target)
        {
            Scim(target, 9);
            _config.ServiceProvider(name, $$"""
                { "name": "{{name}}", "credentials": [ { "bearerToken": "generated:{{name}}" } ],
                  "outboundProvisioning": [ { "identityProvider": "{{target}}", "blocking": true, "jit": true }, { "identityProvider": "works", "jit": true } ] }
                """);
        }

        private void Scim(string name, int port) => _config.IdentityProvider(name, $$"""
            { "name": "{{name}}", "connector": "scim2", "settings": { "baseUrl": "http://127.0.0.1:{{port}}/scim/v2", "timeout": "PT5S" } }
            """);
    }
}
