using Provisioning.Host.Configuration;

namespace Provisioning.Host.Tests;

/// <summary>Tokens that can be guessed or that stand for two, and files that nobody reads.</summary>
public sealed class When_a_configuration_is_careless : IDisposable
{
    private const string Weak = "fifteen-letters";
    private const string Good = "sixteen-letters!";

    private readonly string _root = Directory.CreateTempSubdirectory("careless-").FullName;

    public When_a_configuration_is_careless()
    {
        Put("secrets/weak", Weak);
        Put("secrets/good", Good + "\n");
        Put("secrets/other", "another-token-of-somebody");
    }

    [Fact]
    public void Should_refuse_a_token_that_could_be_guessed_and_not_show_it()
    {
        Provider("p", "weak");
        Provider("q", "good");
        var problem = Assert.Single(Problems());
        Assert.StartsWith("service-providers/p.json: credentials[0].bearerToken: the token has fewer than 16 characters", problem, StringComparison.Ordinal);
        Assert.DoesNotContain(Weak, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_refuse_one_token_for_two_and_name_both()
    {
        Provider("p", "other", "good");
        Provider("q", "good", "good");
        var problem = Assert.Single(Problems());
        Assert.Equal("service-providers/q.json: credentials: 'q' and 'p' have the same token; each service provider needs its own", problem);
    }

    [Fact]
    public void Should_refuse_the_token_of_the_host_for_a_service_provider()
    {
        Provider("resident", "good");
        Provider("p", "good");
        Assert.Equal("service-providers/p.json: credentials: 'p' and 'resident' have the same token; each service provider needs its own", Assert.Single(Problems()));
    }

    [Fact]
    public void Should_accept_two_tokens_of_one_service_provider()
    {
        Provider("p", "good", "other");
        Assert.Empty(Problems());
    }

    [Fact]
    public void Should_report_a_service_provider_that_is_there_twice()
    {
        Put("config/service-providers/a.json", """{ "name": "p" }""");
        Put("config/service-providers/b.json", """{ "name": "p" }""");
        Assert.Contains("'p' is defined in 'service-providers/a.json' already", Assert.Single(Problems()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Plugins.json", "Plugins.json: this file is not read; did you mean 'plugins.json'?")]
    [InlineData("plugin.json", "plugin.json: this file is not read; did you mean 'plugins.json'?")]
    [InlineData("retentoin.json", "retentoin.json: this file is not read; did you mean 'retention.json'?")]
    [InlineData("notes.json", "notes.json: this file is not read, and no configuration file names it; known are plugins.json, retention.json and the folders")]
    [InlineData("token", "token: this file is not read, and no configuration file names it")]
    [InlineData("Service-Providers/p.json", "Service-Providers: this folder is not read; did you mean 'service-providers'?")]
    [InlineData("identity-provider/p.json", "identity-provider: this folder is not read; did you mean 'identity-providers'?")]
    [InlineData("service-providers/p.JSON", "service-providers/p.JSON: this file is not read: names of files in 'service-providers' end in .json")]
    [InlineData("identity-providers/p.jsonc", "identity-providers/p.jsonc: this file is not read")]
    [InlineData("identity-providers/europe/p.json", "identity-providers/europe: this folder is not read: put its files into 'identity-providers' itself")]
    [InlineData("imports/portal/people.xlsx", "imports/portal/people.xlsx: this file is not read: names of files in 'imports/portal' end in .csv or .jsonl")]
    public void Should_report_a_file_that_nobody_reads(string file, string problem)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && file.Any(char.IsUpper), "names are the same without regard to case");
        Put($"config/{file}", "{}");
        Assert.StartsWith(problem, Assert.Single(Problems()), StringComparison.Ordinal);
        Assert.Contains(StrayFiles.Find(Config).Single().File, ConfigurationFiles.Fingerprint(Config), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("readme")]
    [InlineData("LICENSE")]
    [InlineData("notes.txt")]
    [InlineData("partner-scim.example.jsonc")]
    [InlineData("partner.example.json")]
    [InlineData("identity-provider.schema.json")]
    [InlineData(".gitignore")]
    [InlineData("..data/x")]
    [InlineData("policies/rule.xml")]
    [InlineData("acme.pub.pem")]
    [InlineData("plugins.json~")]
    [InlineData("service-providers/p.json.bak")]
    [InlineData("service-providers/.p.json.swp")]
    [InlineData("imports/portal/README.md")]
    public void Should_leave_alone_what_is_meant_to_be_there(string file)
    {
        Put($"config/{file}", "x");
        Assert.Empty(Problems());
    }

    [Fact]
    public void Should_leave_alone_a_file_that_the_configuration_names()
    {
        Put("config/portal-token", "a-token-that-is-long-enough");
        Put("config/service-providers/p.json", """{ "name": "p", "credentials": [ { "bearerToken": "file:portal-token" } ] }""");
        Assert.Empty(Problems());
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string Config => Path.Combine(_root, "config");

    private void Provider(string name, params string[] tokens) => Put($"config/service-providers/{name}.json", $$"""
        { "name": "{{name}}", "credentials": [ {{string.Join(", ", tokens.Select(x => $$"""{ "bearerToken": "file:../secrets/{{x}}" }"""))}} ] }
        """);

    private List<string> Problems()
    {
        Directory.CreateDirectory(Config);
        return [.. new ConfigurationLoader(new SecretResolver(Path.Combine(_root, "data"), Config), new NoConnectors()).Load(Config).Problems.Select(x => x.ToString())];
    }

    private void Put(string file, string text)
    {
        var path = Path.Combine(_root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private sealed class NoConnectors : IFactoryLookup
    {
        public IReadOnlyCollection<string> ConnectorNames => [];

        public Provisioning.Connectors.IConnectorFactory? FindFactory(string name) => null;

        public string? ReasonMissing(string name) => null;
    }
}
