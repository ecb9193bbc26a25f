namespace Provisioning.Acceptance.Tests;

public sealed class When_the_input_is_bad
{
    [Fact]
    public async Task Should_report_every_problem_of_a_configuration_and_not_start()
    {
        var config = Directory.CreateTempSubdirectory().FullName;
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
    public async Task Should_refuse_a_malformed_policy(string text, string expected)
    {
        var policies = Directory.CreateTempSubdirectory().FullName;
        await File.WriteAllTextAsync(Path.Combine(policies, "policy.xml"), text);
        await using var host = new HostProcess();
        Assert.Equal(1, await host.RunToEndAsync($"policies check {policies}"));
        Assert.Contains(expected, host.Output, StringComparison.OrdinalIgnoreCase);
    }
}
