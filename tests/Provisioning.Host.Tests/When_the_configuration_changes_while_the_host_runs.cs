using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Provisioning.Connectors;
using Provisioning.Host.Configuration;
using Provisioning.Testing;

namespace Provisioning.Host.Tests;

/// <summary>Whatever is found in the folder, the last good state stays, the problem is told, and what is put right takes effect by itself.</summary>
public sealed class When_the_configuration_changes_while_the_host_runs : IDisposable, IFactoryLookup
{
    private readonly string _root = TestFolder.Create();
    private readonly FakeTimeProvider _time = new();
    private readonly ConfigurationLoader _loader;
    private readonly ConfigurationFolder _folder;
    private bool _broken;

    public When_the_configuration_changes_while_the_host_runs()
    {
        Put("secrets/portal", "the first token of the portal");
        Put("service-providers/portal.json", """{ "name": "portal", "credentials": [ { "bearerToken": "file:secrets/portal" } ] }""");
        Put("identity-providers/target.json", """{ "name": "target", "connector": "known", "settings": { "list": [ { "password": "file:secrets/target" } ] } }""");
        Put("secrets/target", "one");
        _loader = new ConfigurationLoader(new SecretResolver(_root, _root), this);
        _folder = new ConfigurationFolder(_root, _loader, _time, NullLogger<ConfigurationFolder>.Instance);
        _folder.LoadFirst();
    }

    public IReadOnlyCollection<string> ConnectorNames => ["known"];

    public IConnectorFactory? FindFactory(string name) => _broken ? throw new InvalidOperationException("a fault of the program") : null;

    public string? ReasonMissing(string name) => "its plugin is broken";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Should_tell_of_two_service_providers_with_one_name()
    {
        Put("service-providers/copy.json", """{ "name": "portal" }""");
        Assert.False(_folder.Refresh());
        Assert.Equal("service-providers/portal.json: name: 'portal' is defined in 'service-providers/copy.json' already", Assert.Single(_folder.Problems).ToString());
        Assert.Single(_folder.Current.ServiceProviders, x => x.Name == "portal");

        Put("service-providers/copy.json", """{ "name": "other" }""");
        Assert.True(_folder.Refresh());
        Assert.Empty(_folder.Problems);
        Assert.NotNull(_folder.Current.FindServiceProvider("other"));
    }

    [Fact]
    public void Should_take_any_failure_for_a_problem_and_try_again()
    {
        var before = _folder.Loaded;
        _broken = true;
        Put("service-providers/other.json", """{ "name": "other" }""");
        _folder.Look();
        Assert.Contains("a fault of the program", Assert.Single(_folder.Problems).ToString(), StringComparison.Ordinal);
        Assert.Same(before, _folder.Loaded);

        _broken = false;
        _folder.Look();
        Assert.NotEmpty(_folder.Problems);
        _time.Advance(TimeSpan.FromSeconds(5));
        _folder.Look();
        Assert.Empty(_folder.Problems);
        Assert.NotNull(_folder.Current.FindServiceProvider("other"));
    }

    [Fact]
    public void Should_hand_the_newest_state_over_last_when_two_looks_meet()
    {
        var applied = new List<string>();
        var second = new Thread(() => _folder.Refresh());
        _folder.Changed += loaded =>
        {
            // While the first state is handed over, another look finds a second one.
            if (second.ThreadState == ThreadState.Unstarted)
            {
                Put("secrets/target", "three");
                second.Start();
                SpinWait.SpinUntil(() => _folder.Loaded != loaded && (applied.Count > 0 || second.ThreadState != ThreadState.Running));
            }

            applied.Add(loaded.SecretPrints["target"]);
        };
        Put("secrets/target", "two");
        _folder.Refresh();
        second.Join();
        Assert.Equal(2, applied.Count);
        Assert.Equal(_folder.Loaded!.SecretPrints["target"], applied[^1]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Should_keep_service_providers_whose_files_are_all_gone(bool folder)
    {
        if (folder)
            Directory.Delete(Path.Combine(_root, "service-providers"), recursive: true);
        else
            Empty();
        Assert.False(_folder.Refresh());
        Assert.StartsWith("service-providers: the configuration holds no files any more", Assert.Single(_folder.Problems).ToString(), StringComparison.Ordinal);
        Assert.NotNull(_folder.Current.FindServiceProvider("portal"));

        // On purpose.
        Put("service-providers/resident.json", """{ "name": "resident" }""");
        Assert.True(_folder.Refresh());
        Assert.Null(_folder.Current.FindServiceProvider("portal"));
    }

    private void Empty()
    {
        File.Delete(Path.Combine(_root, "service-providers", "portal.json"));
        File.Delete(Path.Combine(_root, "identity-providers", "target.json"));
    }

    [Fact]
    public void Should_take_the_last_service_provider_away_where_identity_providers_are_left()
    {
        File.Delete(Path.Combine(_root, "service-providers", "portal.json"));
        Assert.True(_folder.Refresh());
        Assert.Null(_folder.Current.FindServiceProvider("portal"));
    }

    [Fact]
    public void Should_not_start_without_any_file_where_there_were_some()
    {
        Empty();
        using var next = new ConfigurationFolder(_root, _loader, _time, NullLogger<ConfigurationFolder>.Instance);
        next.LoadFirst();
        Assert.Throws<ConfigurationException>(next.ExpectServiceProviders);
        _folder.ExpectServiceProviders();
    }

    [Fact]
    public void Should_take_a_token_that_was_replaced_and_no_longer_the_one_before()
    {
        var before = Hashes();
        Assert.False(_folder.Refresh());
        Put("secrets/portal", "the second token of the portal");
        Assert.True(_folder.Refresh());
        Assert.NotEqual(before, Hashes());
        Assert.False(_folder.Refresh());
    }

    [Fact]
    public void Should_take_it_also_while_another_file_is_wrong()
    {
        var before = Hashes();
        Put("identity-providers/wrong.json", "{");
        _folder.Refresh();
        Assert.Single(_folder.Problems);
        Put("secrets/portal", "the second token of the portal");
        Assert.True(_folder.Refresh());
        Assert.NotEqual(before, Hashes());
        Assert.Single(_folder.Problems);
    }

    [Fact]
    public void Should_keep_a_token_whose_file_cannot_be_read_and_tell_of_it_until_it_is_back()
    {
        var before = Hashes();
        File.Delete(Path.Combine(_root, "secrets", "portal"));
        _folder.Refresh();
        Assert.Equal(before, Hashes());
        Assert.Contains("'file:secrets/portal' cannot be read", Assert.Single(_folder.Problems).ToString(), StringComparison.Ordinal);

        Put("secrets/portal", "the second token of the portal");
        _time.Advance(TimeSpan.FromSeconds(5));
        _folder.Refresh();
        Assert.Empty(_folder.Problems);
        Assert.NotEqual(before, Hashes());
    }

    [Fact]
    public void Should_keep_a_token_whose_new_value_could_be_guessed()
    {
        var before = Hashes();
        Put("secrets/portal", "short");
        _folder.Refresh();
        Assert.Equal(before, Hashes());
        Assert.StartsWith(
            "service-providers/portal.json: credentials[0].bearerToken: the token has fewer than 16 characters", Assert.Single(_folder.Problems).ToString(), StringComparison.Ordinal);
        AssertSaidOnceUntil("portal", "the second token of the portal");
        Assert.NotEqual(before, Hashes());
    }

    [Fact]
    public void Should_keep_a_token_whose_new_value_somebody_else_has()
    {
        var (portal, crm) = (Hashes(), WithCrm());
        Put("secrets/crm", "the first token of the portal");
        _folder.Refresh();
        Assert.Equal((portal, crm), (Hashes(), Hashes("crm")));
        Assert.Equal(
            "service-providers/portal.json: credentials: 'portal' and 'crm' have the same token; each service provider needs its own", Assert.Single(_folder.Problems).ToString());
        AssertSaidOnceUntil("crm", "the second token of the crm");
        Assert.NotEqual(crm, Hashes("crm"));
    }

    [Fact]
    public void Should_let_two_service_providers_change_tokens()
    {
        var (portal, crm) = (Hashes(), WithCrm());
        Put("secrets/crm", "the first token of the portal");
        Put("secrets/portal", "the first token of the crm");
        _folder.Refresh();
        Assert.Equal((crm, portal), (Hashes(), Hashes("crm")));
        Assert.Empty(_folder.Problems);
    }

    [Fact]
    public void Should_keep_also_the_token_that_another_one_would_take_over_from_who_keeps_it()
    {
        var (portal, crm) = (Hashes(), WithCrm());
        Put("service-providers/shop.json", """{ "name": "shop", "credentials": [ { "bearerToken": "file:secrets/shop" } ] }""");
        Put("secrets/shop", "the first token of the shop");
        _folder.Refresh();
        var shop = Hashes("shop");

        // The portal would have the shop's token, and the crm would have the one that the portal has therefore to keep.
        Put("secrets/portal", "the first token of the shop");
        Put("secrets/crm", "the first token of the portal");
        _folder.Refresh();
        Assert.Equal((portal, crm, shop), (Hashes(), Hashes("crm"), Hashes("shop")));
    }

    private string WithCrm()
    {
        Put("service-providers/crm.json", """{ "name": "crm", "credentials": [ { "bearerToken": "file:secrets/crm" } ] }""");
        Put("secrets/crm", "the first token of the crm");
        _folder.Refresh();
        return Hashes("crm");
    }

    // The next look at the files says the same in the same words.
    private void AssertSaidOnceUntil(string secret, string token)
    {
        var problem = Assert.Single(_folder.Problems);
        _time.Advance(TimeSpan.FromSeconds(5));
        _folder.Refresh();
        Assert.Equal(problem, Assert.Single(_folder.Problems));

        Put($"secrets/{secret}", token);
        _time.Advance(TimeSpan.FromSeconds(5));
        _folder.Refresh();
        Assert.Empty(_folder.Problems);
    }

    [Fact]
    public void Should_make_up_a_generated_token_anew_when_its_file_is_deleted()
    {
        Put("service-providers/portal.json", """{ "name": "portal", "credentials": [ { "bearerToken": "generated:made" } ] }""");
        _folder.Refresh();
        var before = Hashes();
        File.Delete(Path.Combine(_root, "secrets", "made"));
        Assert.True(_folder.Refresh());
        Assert.NotEqual(before, Hashes());
        Assert.False(_folder.Refresh());
    }

    [Fact]
    public void Should_renew_a_connector_whose_secret_was_replaced()
    {
        var before = _folder.Loaded!.SecretPrints["target"];
        Put("secrets/portal", "the second token of the portal");
        _folder.Refresh();
        Assert.Equal(before, _folder.Loaded.SecretPrints["target"]);
        Put("secrets/target", "two");
        Assert.True(_folder.Refresh());
        Assert.NotEqual(before, _folder.Loaded.SecretPrints["target"]);
    }

    [Fact]
    public void Should_start_to_use_a_secret_that_was_missing_when_it_is_there()
    {
        Put("service-providers/late.json", """{ "name": "late", "credentials": [ { "bearerToken": "file:secrets/late" } ] }""");
        Assert.False(_folder.Refresh());
        Assert.Single(_folder.Problems);
        Put("secrets/late", "the token that came late");
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(_folder.Refresh());
        Assert.Empty(_folder.Problems);
    }

    private string Hashes(string serviceProvider = "portal") => Assert.Single(_folder.Loaded!.TokenHashes[serviceProvider]);

    private void Put(string file, string text)
    {
        var path = Path.Combine(_root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
