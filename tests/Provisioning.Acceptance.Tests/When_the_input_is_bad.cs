using System.Text.Json.Nodes;
using Provisioning.Testing;

namespace Provisioning.Acceptance.Tests;

public sealed class When_the_input_is_bad
{
    [Fact]
    public async Task Should_report_every_problem_of_a_configuration_and_not_start()
    {
        var config = TestFolder.Create();
        Directory.CreateDirectory(Path.Combine(config, "service-providers"));
        Directory.CreateDirectory(Path.Combine(config, "identity-providers"));
        await File.WriteAllTextAsync(Path.Combine(config, "service-providers", "a.json"), """{ "name": "a", "credentials": [ { "bearerToken": "env:NO_SUCH_VARIABLE" } ], "outboundProvisioning": [ { "identityProvider": "nobody" } ] }""");
        await File.WriteAllTextAsync(Path.Combine(config, "identity-providers", "b.json"), """{ "name": "b", "connector": "carrier-pigeon" }""");
        await File.WriteAllTextAsync(Path.Combine(config, "identity-providers", "c.json"), """{ "name": "c", "connector": "csv", "settings": { "paht": "x" } }""");
        await File.WriteAllTextAsync(Path.Combine(config, "identity-providers", "d.json"), "{ \"name\": \"d\",\n \"connector\": }");
        await using var host = new HostProcess(config);
        Assert.Equal(1, await host.RunToEndAsync());
        foreach (var part in new[] { "NO_SUCH_VARIABLE", "'nobody'", "carrier-pigeon", "'paht'", "identity-providers/d.json: line 2" })
            Assert.Contains(part, host.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY e 'x'>]><Policy/>", "DTD")]
    [InlineData("<Policy", "policy.xml")]
    [InlineData("""<Policy xmlns="urn:oasis:names:tc:xacml:3.0:core:schema:wd-17" PolicyId="p" Version="1.0" RuleCombiningAlgId="urn:oasis:names:tc:xacml:3.0:rule-combining-algorithm:deny-overrides"><Target/><Rule RuleId="r" Effect="Permit"><Condition><Apply FunctionId="urn:example:no-such-function"/></Condition></Rule></Policy>""", "urn:example:no-such-function")]
    public async Task Should_refuse_a_malformed_policy(string text, string expected)
    {
        var policies = TestFolder.Create();
        await File.WriteAllTextAsync(Path.Combine(policies, "policy.xml"), text);
        await using var host = new HostProcess();
        Assert.Equal(1, await host.RunToEndAsync($"policies check {policies}"));
        Assert.Contains(expected, host.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData(" --strict", 1)]
    public async Task Should_warn_of_what_loads_but_is_hardly_meant(string option, int exitCode)
    {
        var policies = Directory.CreateTempSubdirectory().FullName;
        await File.WriteAllTextAsync(Path.Combine(policies, "policy.xml"), """<Policy xmlns="urn:oasis:names:tc:xacml:3.0:core:schema:wd-17" PolicyId="p" Version="1.0" RuleCombiningAlgId="urn:oasis:names:tc:xacml:1.0:rule-combining-algorithm:first-applicable"><Target/><Rule RuleId="all" Effect="Deny"/><Rule RuleId="some" Effect="Permit"/></Policy>""");
        await using var host = new HostProcess();
        Assert.Equal(exitCode, await host.RunToEndAsync($"policies check {policies}{option}"));
        Assert.Contains("policy.xml:1: warning: rule 'some' is never reached", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_refuse_a_request_with_a_DTD()
    {
        var folder = TestFolder.Create();
        var request = Path.Combine(folder, "request.xml");
        await File.WriteAllTextAsync(request, "<!DOCTYPE x [<!ENTITY e 'x'>]><Request/>");
        await using var host = new HostProcess();
        Assert.Equal(1, await host.RunToEndAsync($"pdp evaluate --policies {folder} --request {request}"));
        Assert.Contains("DTD", host.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Should_keep_the_last_good_state_of_a_running_host_and_say_what_is_wrong()
    {
        var config = new ScratchConfig();
        config.Csv("office");
        config.Portal("""{ "identityProvider": "office" }""");
        await using var host = await new HostProcess(config.Root, config.Policies).StartAsync();
        config.Policy("broken", "<Policy");
        config.IdentityProvider("office", """{ "name": "office", "connector": "carrier-pigeon" }""");
        await HostProcess.EventuallyAsync(async () =>
        {
            using var client = host.Client("resident");
            var ready = await client.GetStringAsync($"{host.Url}/health/ready");
            return ready.Contains("broken.xml", StringComparison.Ordinal) && ready.Contains("carrier-pigeon", StringComparison.Ordinal) ? JsonValue.Create(true) : null;
        });
        Assert.Contains("carrier-pigeon", (await host.CommandAsync("status")).Output, StringComparison.Ordinal);

        using var portal = host.Client("portal");
        await portal.PostAsync("/scim/v2/Users", ScratchConfig.User("ada"));
        await HostProcess.EventuallyAsync(() => Task.FromResult<JsonNode?>(
            File.Exists(Path.Combine(host.Data, "accounts", "office.csv")) ? JsonValue.Create(true) : null));
    }
}
