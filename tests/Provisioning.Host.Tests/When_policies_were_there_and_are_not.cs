using Microsoft.Extensions.Logging.Abstractions;
using Provisioning.Core.Configuration;
using Provisioning.Core.Deciding;
using Provisioning.Core.Users;
using Provisioning.Host.Composition;
using Provisioning.Host.Configuration;
using Provisioning.Storage;
using Provisioning.Testing;
using Provisioning.Xacml;

namespace Provisioning.Host.Tests;

/// <summary>The policy folder is empty when a host starts again: not mounted, or the wrong one.</summary>
public sealed class When_policies_were_there_and_are_not : IAsyncLifetime
{
    private const string Permit = """
        <Policy xmlns="urn:oasis:names:tc:xacml:3.0:core:schema:wd-17" PolicyId="p" Version="1.0"
            RuleCombiningAlgId="urn:oasis:names:tc:xacml:1.0:rule-combining-algorithm:first-applicable"><Target/><Rule RuleId="r" Effect="Permit"/></Policy>
        """;

    private readonly string _root = TestFolder.Create();
    private ProvisioningStorage _storage = null!;

    private string Policies => Directory.CreateDirectory(Path.Combine(_root, "policies")).FullName;

    private string PolicyFile => Path.Combine(Policies, "p.xml");

    private static CancellationToken None => CancellationToken.None;

    public async ValueTask InitializeAsync() =>
        _storage = await ProvisioningStorage.OpenSqliteAsync(Path.Combine(_root, "provisioning.db"), TimeProvider.System, None);

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    [Fact]
    public async Task Should_decide_nothing_until_they_are_back()
    {
        await File.WriteAllTextAsync(PolicyFile, Permit);
        using (var before = new PolicyFolder(Policies))
            Assert.Equal(Verdict.Permit, await StartAsync(before));

        File.Delete(PolicyFile);
        using var after = new PolicyFolder(Policies);
        var told = new List<PolicyProblem>();
        after.Refused += told.AddRange;
        Assert.Equal(Verdict.Indeterminate, await StartAsync(after));
        Assert.True(after.IsLost);
        Assert.Equal(told, after.Problems);
        Assert.Contains("held policies before", Assert.Single(told).Message, StringComparison.Ordinal);
        Assert.False(after.Refresh());

        await File.WriteAllTextAsync(PolicyFile, Permit);
        Assert.True(after.Refresh());
        Assert.Empty(after.Problems);
        Assert.Equal(Verdict.Permit, Decide(after));
    }

    [Fact]
    public async Task Should_still_know_of_them_after_another_start_without_them()
    {
        await File.WriteAllTextAsync(PolicyFile, Permit);
        using (var before = new PolicyFolder(Policies))
            await StartAsync(before);
        File.Delete(PolicyFile);
        for (var i = 0; i < 2; i++)
        {
            using var after = new PolicyFolder(Policies);
            Assert.Equal(Verdict.Indeterminate, await StartAsync(after));
        }
    }

    [Fact]
    public async Task Should_take_an_empty_folder_as_it_is_where_there_never_were_any()
    {
        using var folder = new PolicyFolder(Policies);
        Assert.Equal(Verdict.NotApplicable, await StartAsync(folder));
        Assert.Empty(folder.Problems);
    }

    private async Task<Verdict> StartAsync(PolicyFolder folder)
    {
        var config = Directory.CreateDirectory(Path.Combine(_root, "config")).FullName;
        using var configuration = new ConfigurationFolder(
            config, new ConfigurationLoader(new SecretResolver(_root, config), new Nothing()), TimeProvider.System, NullLogger<ConfigurationFolder>.Instance);
        configuration.LoadFirst();
        var known = new KnownContent(_storage.Settings, folder, configuration);
        await known.CheckAsync(None);
        await known.NoteAsync(None);
        return Decide(folder);
    }

    private static Verdict Decide(PolicyFolder folder)
    {
        var point = new CarefulDecisionPoint(folder, new XacmlDecisionPoint(() => folder.Current, TimeProvider.System));
        var user = People.Known("u", "ada", null, DateTimeOffset.UnixEpoch);
        return point.Decide(new AccessFacts(People.Seen(user), [], new ServiceProvider { Name = "portal" }, new IdentityProvider { Name = "ldap", Connector = "c" }, "update")).Verdict;
    }

    private sealed class Nothing : IFactoryLookup
    {
        public IReadOnlyCollection<string> ConnectorNames => [];

        public Provisioning.Connectors.IConnectorFactory? FindFactory(string name) => null;

        public string? ReasonMissing(string name) => null;
    }
}
