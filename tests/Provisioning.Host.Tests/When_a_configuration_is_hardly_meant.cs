using Provisioning.Host.Configuration;

namespace Provisioning.Host.Tests;

/// <summary>Warnings do not keep a configuration from being used.</summary>
public sealed class When_a_configuration_is_hardly_meant : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("warnings-").FullName;

    [Fact]
    public void Should_warn_of_attributes_and_functions_that_nobody_has_and_use_it()
    {
        var loaded = Load("""{ "name": "partner", "connector": "known", "mapping": { "mail": "user.userNmae.value", "title": "user.title.trm()" } }""");
        Assert.Empty(loaded.Problems);
        Assert.NotNull(loaded.Configuration.FindIdentityProvider("partner"));
        Assert.Equal(
            [
                "identity-providers/a.json: mapping: mapping of 'mail': users have no attribute 'userNmae'; did you mean 'userName'? (column 1)",
                "identity-providers/a.json: mapping: mapping of 'title': 'user.title' is a text and has no 'trm'; did you mean 'trim'? (column 1)",
            ],
            loaded.Warnings.Select(x => x.ToString()));
    }

    [Fact]
    public void Should_refuse_what_cannot_be_a_mapping_all_at_once()
    {
        var loaded = Load("""
            {
                "name": "partner", "connector": "known", "mapping": { "emails[0].value": "user.title", "title": "user.title +", "password": "user.title" },
                "reconciliation": { "correlate": [ { "account": "a..b" } ] }
            }
            """);
        Assert.Equal(["mapping", "mapping", "mapping", "reconciliation.correlate[0].account"], loaded.Problems.Select(x => x.Path).Order(StringComparer.Ordinal));
        Assert.Contains(loaded.Problems, x => x.Message.EndsWith("'user.title +' is no valid expression: unexpected end of input at column 13", StringComparison.Ordinal));
    }

    [Fact]
    public void Should_read_the_names_in_it_whatever_else_is_wrong()
    {
        Load("""{ "name": "partner", "connector": "known", "mapping": { "title": "(" } }""");
        Assert.Equal(["partner"], ConfiguredNames.OfIdentityProviders(_root));
        Assert.Equal(["resident"], ConfiguredNames.OfServiceProviders(_root));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private LoadResult Load(string identityProvider)
    {
        Directory.CreateDirectory(Path.Combine(_root, "identity-providers"));
        File.WriteAllText(Path.Combine(_root, "identity-providers", "a.json"), identityProvider);
        return new ConfigurationLoader(new SecretResolver(_root, _root), new OneConnector()).Load(_root);
    }

    private sealed class OneConnector : IFactoryLookup
    {
        public IReadOnlyCollection<string> ConnectorNames => ["known"];

        public Provisioning.Connectors.IConnectorFactory? FindFactory(string name) => null;

        public string? ReasonMissing(string name) => name == "known" ? "its plugin is broken" : null;
    }
}
