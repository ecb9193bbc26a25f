using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Provisioning.Acceptance.Tests;

/// <summary>Every answer to a sign-in, as host/docs/applications.md has them in its table.</summary>
public sealed class When_somebody_signs_in(When_somebody_signs_in.Setting setting) : IClassFixture<When_somebody_signs_in.Setting>
{
    private readonly HostProcess _host = setting.Host;

    [Theory]
    [InlineData("plain", "", "provisioned", true)]
    [InlineData("background", "", "notAwaited", true)]
    [InlineData("ruled", "\"title\": \"clerk\"", "provisioned", true)]
    [InlineData("ruled", "\"title\": \"denied\"", "denied", false)]
    [InlineData("lenient", "\"title\": \"denied\"", "denied", true)]
    [InlineData("undecided", "", "undecided", false)]
    [InlineData("members", "", "roleMissing", false)]
    [InlineData("members", "\"roles\": [ { \"value\": \"vip\" } ]", "provisioned", true)]
    [InlineData("registered", "", "jitOff", false)]
    [InlineData("refuses", "", "refused", false)]
    [InlineData("down", "", "down", false)]
    [InlineData("silent", "", "tooSlow", false)]
    [InlineData("paused", "", "paused", false)]
    [InlineData("serviced", "", "maintenance", false)]
    public async Task Should_say_whether_and_why(string serviceProvider, string attributes, string reason, bool allowed)
    {
        var answer = await SignInAsync(serviceProvider, $"{serviceProvider}-{attributes.Length}", attributes);
        var binding = Assert.Single(answer["bindings"]!.AsArray())!;
        Assert.Equal((reason, allowed), (binding["reason"]!.ToString(), answer["allowed"]!.GetValue<bool>()));
        Assert.Equal(allowed ? serviceProvider == "background" ? "notAwaited" : "provisioned" : reason, answer["reason"]!.ToString());
        Assert.NotEmpty(answer["message"]!.ToString());
        Assert.NotEmpty(binding["message"]!.ToString());
    }

    [Fact]
    public async Task Should_let_in_whoever_registered_where_just_in_time_is_off()
    {
        using var registered = _host.Client("registered");
        Assert.Equal(HttpStatusCode.Created, (await registered.PostAsync("/scim/v2/Users", ScratchConfig.User("member"))).StatusCode);
        Assert.Equal("provisioned", (await SignInAsync("registered", "member"))["reason"]!.ToString());

        // Signing in first, and being registered afterwards, comes to the same.
        Assert.Equal("jitOff", (await SignInAsync("registered", "guest"))["reason"]!.ToString());
        var guest = JsonNode.Parse(await registered.GetStringAsync("/scim/v2/Users?filter=userName eq \"guest\""))!["Resources"]![0]!["id"];
        Assert.Equal(HttpStatusCode.OK, (await registered.PutAsync($"/scim/v2/Users/{guest}", ScratchConfig.User("guest"))).StatusCode);
        Assert.Equal("provisioned", (await SignInAsync("registered", "guest"))["reason"]!.ToString());
    }

    [Fact]
    public async Task Should_keep_out_whoever_is_inactive_here_or_at_a_trusted_one()
    {
        var id = (await SignInAsync("plain", "leaver"))["userId"];
        using var plain = _host.Client("plain");
        using var hr = _host.Client("hr");
        await plain.PatchAsync($"/scim/v2/Users/{id}", Active(false));
        var here = await SignInAsync("plain", "leaver");
        Assert.Equal((false, "inactive"), (here["allowed"]!.GetValue<bool>(), here["reason"]!.ToString()));
        await plain.PatchAsync($"/scim/v2/Users/{id}", Active(true));
        Assert.True((await SignInAsync("plain", "leaver"))["allowed"]!.GetValue<bool>());

        Assert.Equal(HttpStatusCode.Created, (await hr.PostAsync("/scim/v2/Users", ScratchConfig.User("leaver", "\"active\": false"))).StatusCode);
        foreach (var serviceProvider in (string[])["plain", "background"])
        {
            var everywhere = await SignInAsync(serviceProvider, "leaver");
            Assert.Equal((false, "inactiveAtTrusted"), (everywhere["allowed"]!.GetValue<bool>(), everywhere["reason"]!.ToString()));
        }
    }

    [Fact]
    public async Task Should_not_know_that_somebody_removed_the_account_until_the_next_change()
    {
        var id = (await SignInAsync("plain", "vanished"))["userId"];
        var path = Path.Combine(_host.Data, "accounts", "plain.csv");
        await File.WriteAllLinesAsync(path, (await File.ReadAllLinesAsync(path)).Where(x => !x.Contains("vanished", StringComparison.Ordinal)));
        Assert.Equal("provisioned", (await SignInAsync("plain", "vanished"))["reason"]!.ToString());
        using var plain = _host.Client("plain");
        Assert.Equal(HttpStatusCode.OK, (await plain.PutAsync($"/scim/v2/Users/{id}", ScratchConfig.User("returned"))).StatusCode);
        Assert.Contains("returned", await File.ReadAllTextAsync(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(40)]
    public async Task Should_let_everybody_in_who_signs_in_several_times_at_once_through_several_applications(int times)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, times).Select(i =>
            SignInAsync(i % 2 == 0 ? "plain" : "also-plain", $"{(i % 3 == 0 ? "Crowd" : "crowd")}{times}", $"\"title\": \"{i}\"")));
        Assert.All(answers, x => Assert.True(x["allowed"]!.GetValue<bool>(), x.ToJsonString()));
        Assert.Single(answers.Select(x => x["userId"]!.ToString()).Distinct());
        var accounts = await File.ReadAllLinesAsync(Path.Combine(_host.Data, "accounts", "plain.csv"));
        Assert.Single(accounts, x => x.Contains($"crowd{times},", StringComparison.OrdinalIgnoreCase) || x.EndsWith($"crowd{times}", StringComparison.OrdinalIgnoreCase));
    }

    private async Task<JsonNode> SignInAsync(string serviceProvider, string user, string attributes = "")
    {
        using var client = _host.Client(serviceProvider);
        var answer = await client.PostAsync("/api/sign-ins", ScratchConfig.User(user, attributes.Length == 0 ? null : attributes));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!;
    }

    private static StringContent Active(bool active) => ScratchConfig.Scim(new JsonObject
    {
        ["Operations"] = new JsonArray(new JsonObject { ["op"] = "replace", ["path"] = "active", ["value"] = active }),
    });

    public sealed class Setting : IAsyncLifetime
    {
        private const string Rules = """
            <Policy xmlns="urn:oasis:names:tc:xacml:3.0:core:schema:wd-17" PolicyId="sign-ins" Version="1.0"
                    RuleCombiningAlgId="urn:oasis:names:tc:xacml:3.0:rule-combining-algorithm:deny-overrides">
              <Target/>
              <Rule RuleId="denied" Effect="Deny"><Target><AnyOf><AllOf><Match MatchId="urn:oasis:names:tc:xacml:1.0:function:string-equal">
                <AttributeValue DataType="http://www.w3.org/2001/XMLSchema#string">denied</AttributeValue>
                <AttributeDesignator Category="urn:provisioning:user" AttributeId="urn:provisioning:user:title"
                  DataType="http://www.w3.org/2001/XMLSchema#string" MustBePresent="false"/>
              </Match></AllOf></AnyOf></Target></Rule>
              <Rule RuleId="needs-a-cost-center" Effect="Permit"><Target><AnyOf><AllOf>
                <Match MatchId="urn:oasis:names:tc:xacml:1.0:function:string-equal">
                  <AttributeValue DataType="http://www.w3.org/2001/XMLSchema#string">undecided</AttributeValue>
                  <AttributeDesignator Category="urn:provisioning:identity-provider" AttributeId="urn:provisioning:identity-provider:name"
                    DataType="http://www.w3.org/2001/XMLSchema#string" MustBePresent="false"/>
                </Match>
                <Match MatchId="urn:oasis:names:tc:xacml:1.0:function:string-equal">
                  <AttributeValue DataType="http://www.w3.org/2001/XMLSchema#string">7</AttributeValue>
                  <AttributeDesignator Category="urn:provisioning:user" AttributeId="urn:provisioning:user:costCenter"
                    DataType="http://www.w3.org/2001/XMLSchema#string" MustBePresent="true"/>
                </Match></AllOf></AnyOf></Target></Rule>
              <Rule RuleId="others" Effect="Permit"><Target><AnyOf><AllOf><Match MatchId="urn:oasis:names:tc:xacml:1.0:function:string-equal">
                <AttributeValue DataType="http://www.w3.org/2001/XMLSchema#string">ruled</AttributeValue>
                <AttributeDesignator Category="urn:provisioning:identity-provider" AttributeId="urn:provisioning:identity-provider:name"
                  DataType="http://www.w3.org/2001/XMLSchema#string" MustBePresent="false"/>
              </Match></AllOf></AnyOf></Target></Rule>
            </Policy>
            """;

        // Accepts connections and never answers.
        private readonly TcpListener _silent = new(IPAddress.Loopback, 0);
        private readonly ScratchConfig _config = new();
        private WebApplication? _refusing;

        internal HostProcess Host { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            _silent.Start();
            _refusing = Refusing();
            await _refusing.StartAsync();
            _config.Policy("sign-ins", Rules);
            foreach (var name in (string[])["plain", "background", "ruled", "undecided", "registered", "paused"])
                _config.Csv(name);
            _config.Csv("members", """, "provisioningRoles": [ "vip" ] """);
            _config.Csv("serviced", """
                , "maintenance": [ { "days": [ "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday" ], "from": "00:00", "to": "00:00" } ]
                """);
            Scim("refuses", new Uri(_refusing.Urls.First()).Port);
            Scim("silent", ((IPEndPoint)_silent.LocalEndpoint).Port);
            Scim("down", 9);
            foreach (var name in (string[])["plain", "members", "refuses", "silent", "down", "paused", "serviced"])
                Portal(name, name, """ "blocking": true, "jit": true """);
            Portal("also-plain", "plain", """ "blocking": true, "jit": true """);
            Portal("background", "background", """ "jit": true """);
            Portal("registered", "registered", """ "blocking": true """);
            foreach (var name in (string[])["ruled", "undecided"])
                Portal(name, name, """ "blocking": true, "jit": true, "rules": true """);
            Portal("lenient", "ruled", """ "blocking": true, "jit": true, "rules": true, "whenDenied": "allow" """);
            _config.ServiceProvider("hr", """
                { "name": "hr", "authority": "trusted", "precedence": 10, "credentials": [ { "bearerToken": "generated:hr" } ], "outboundProvisioning": [] }
                """);
            Host = await new HostProcess(_config.Root, _config.Policies).StartAsync();
            await Host.DoneAsync("idps pause paused --reason test");
        }

        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            await _refusing!.DisposeAsync();
            _silent.Dispose();
        }

        private static WebApplication Refusing()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            app.Run(http =>
            {
                http.Response.StatusCode = http.Request.Method == "POST" ? 400 : 404;
                return http.Response.WriteAsJsonAsync(new { status = "400", scimType = "invalidValue", detail = "an e-mail address is required" });
            });
            return app;
        }

        private void Portal(string name, string target, string flags) => _config.ServiceProvider(name, $$"""
            { "name": "{{name}}", "credentials": [ { "bearerToken": "generated:{{name}}" } ],
              "outboundProvisioning": [ { "identityProvider": "{{target}}", "blockingTimeout": "PT{{(name == "silent" ? "1" : "30")}}S", {{flags}} } ] }
            """);

        private void Scim(string name, int port) => _config.IdentityProvider(name, $$"""
            { "name": "{{name}}", "connector": "scim2", "settings": { "baseUrl": "http://127.0.0.1:{{port}}/scim/v2", "timeout": "PT5S" } }
            """);
    }
}
