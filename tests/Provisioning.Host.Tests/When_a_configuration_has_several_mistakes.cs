using Provisioning.Host.Configuration;

namespace Provisioning.Host.Tests;

/// <summary>Each mistake is reported once, in one run, and nothing that only follows from another one.</summary>
public sealed class When_a_configuration_has_several_mistakes : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("mistakes-").FullName;

    [Fact]
    public void Should_not_say_that_an_identity_provider_is_missing_whose_file_is_wrong()
    {
        Put("identity-providers/a.json", """{ "name": "partner", "connector": "known", "limits": { "operationTimeout": "1 minute" } }""");
        Bind("partner");
        Assert.Equal(["identity-providers/a.json: limits.operationTimeout"], Problems());
    }

    [Fact]
    public void Should_report_the_wrong_values_of_one_file_with_the_rest_of_it_and_of_the_others()
    {
        Put("identity-providers/a.json", """
            {
                "name": "partner", "connector": "gone", "reconciliation": { "schedule": "never" }, "colour": "red",
                "maintenance": [ { "from": "x" } ], "limits": { "operationTimeout": "1 minute", "perOperation": { "jump": 1 } }
            }
            """);
        Put("identity-providers/b.json", """{ "name": "hr", "connector": "gone" }""");
        Put("identity-providers/c.json", """{ "name": "hr", "connector": "known", "retry": { "maxDelay": 7 } }""");
        Put("service-providers/portal.json", """
            { "name": "portal", "colour": "red", "outboundProvisioning": [ { "identityProvider": "partner" }, { "identityProvider": "hr" }, { "identityProvider": "nowhere" } ] }
            """);
        var problems = Problems();
        foreach (var expected in (string[])
            [
                "identity-providers/a.json: colour",
                "identity-providers/a.json: limits.operationTimeout",
                "identity-providers/b.json: connector",
                "identity-providers/c.json: name",
                "identity-providers/c.json: retry.maxDelay",
                "service-providers/portal.json: colour",
                "service-providers/portal.json: outboundProvisioning[2].identityProvider",
            ])
            Assert.Contains(expected, problems);
        Assert.DoesNotContain("service-providers/portal.json: outboundProvisioning[0].identityProvider", problems);
        Assert.DoesNotContain("service-providers/portal.json: outboundProvisioning[1].identityProvider", problems);
    }

    [Fact]
    public void Should_check_what_is_right_in_a_file_with_a_wrong_value()
    {
        Put("identity-providers/a.json", """
            {
                "name": "partner", "connector": "gone", "mapping": { "title": "user." }, "reconciliation": { "schedule": "never" },
                "limits": { "operationTimeout": "1 minute", "perOperation": { "jump": 1 } }
            }
            """);
        Assert.Equal(
            ["connector", "limits.operationTimeout", "limits.perOperation.jump", "mapping", "reconciliation.schedule"],
            Problems().Select(x => x.Split(": ")[1]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""{ "name": "partner", "connector": "known", """)]
    [InlineData("""{ "name": "partner" }""")]
    [InlineData("""[ { "name": "partner", "connector": "known" } ]""")]
    [InlineData("""{ "name": "partner", "connector": "known", "limits": { "concurrency": "many" }, "maintenance": "always" """)]
    [InlineData("""{ "name": "partner", "connector": "known", "connector": "known" }""")]
    [InlineData("""{ "name": "partner", "connector": "known", "limits": { "concurrency": 1, "concurrency": 2 } }""")]
    public void Should_not_say_it_either_when_the_file_cannot_be_read_at_all(string text)
    {
        Put("identity-providers/a.json", text);
        Bind("partner");
        Assert.Equal("identity-providers/a.json", Assert.Single(Problems()).Split(": ")[0]);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private List<string> Problems() =>
        [.. new ConfigurationLoader(new SecretResolver(_root, _root), new OneConnector()).Load(_root).Problems.Select(x => $"{x.File}: {x.Path}")];

    private void Bind(string identityProvider) => Put("service-providers/portal.json", $$"""
        { "name": "portal", "outboundProvisioning": [ { "identityProvider": "{{identityProvider}}" } ] }
        """);

    private void Put(string file, string text)
    {
        var path = Path.Combine(_root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    /// <summary>Its plugin does not work at the moment, so that its settings are not looked at.</summary>
    private sealed class OneConnector : IFactoryLookup
    {
        public IReadOnlyCollection<string> ConnectorNames => ["known"];

        public Provisioning.Connectors.IConnectorFactory? FindFactory(string name) => null;

        public string? ReasonMissing(string name) => name == "known" ? "its plugin is broken" : null;
    }
}
