using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Provisioning.Core.Ledger;
using Provisioning.Host.Configuration;

namespace Provisioning.Host.Tests;

public sealed class When_the_host_is_told_how_long_to_remember : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("retention-").FullName;

    [Fact]
    public void Should_remember_so_long_and_plan_nobody_again_for_it()
    {
        using var folder = Folder();
        folder.LoadFirst();
        Assert.Equal(new RetentionSettings(), folder.Current.Retention);
        var revision = folder.Current.Revision;
        Write("""{ "attempts": "P30D", "reconciliations": "P7D" } // and the rest as it is""");
        Assert.True(folder.Refresh());
        Assert.Equal(new RetentionSettings { Attempts = TimeSpan.FromDays(30), Reconciliations = TimeSpan.FromDays(7) }, folder.Current.Retention);
        Assert.Equal(revision, folder.Current.Revision);
    }

    [Theory]
    [InlineData("""{ "audit": "P7D", "gone": "PT1H" }""", "gone: must be at least P1D")]
    [InlineData("""{ "attempt": "P7D" }""", "unknown property 'attempt'")]
    [InlineData("""{ "attempts": "a week" }""", "attempts")]
    [InlineData("""[ "P7D" ]""", "must be a JSON object")]
    public void Should_keep_the_last_good_settings_and_say_what_is_wrong(string text, string expected)
    {
        using var folder = Folder();
        Write("""{ "audit": "P300D" }""");
        folder.LoadFirst();
        Write(text);
        Assert.False(folder.Refresh());
        Assert.Contains(folder.Problems, x => x.ToString().Contains(expected, StringComparison.Ordinal));
        Assert.Equal(TimeSpan.FromDays(300), folder.Current.Retention.Audit);
    }

    [Fact]
    public void Should_report_a_wrong_duration_with_all_else_that_is_wrong()
    {
        using var folder = Folder();
        Write("""{ "attempts": "30 days", "audit": "-P1D", "auditt": "P1D" }""");
        folder.Refresh();
        Assert.Equal(
            [
                "retention.json: attempts: '30 days' is no ISO 8601 duration; write for example PT30S or P3D",
                "retention.json: audit: '-P1D' is no ISO 8601 duration; write for example PT30S or P3D",
                "retention.json: auditt: unknown property 'auditt'; known are attempts, audit, gone, reconciliations",
            ],
            folder.Problems.Select(x => x.ToString()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""{ "schedule": "every night" }""", "reconciliation.schedule: 'every night' is no cron expression")]
    [InlineData("""{ "schedule": "0 0 2 * * ?", "timeZone": "Berlin" }""", "there is no time zone 'Berlin'")]
    [InlineData("""{ "mode": "delete" }""", "must be one of report, repair, adopt")]
    [InlineData("""{ "correlate": [ { "user": "userName" } ] }""", "'account' is missing")]
    public void Should_check_when_and_how_accounts_are_compared(string reconciliation, string expected)
    {
        Directory.CreateDirectory(Path.Combine(_root, "identity-providers"));
        File.WriteAllText(Path.Combine(_root, "identity-providers", "x.json"), $$"""{ "name": "x", "connector": "none", "reconciliation": {{reconciliation}} }""");
        using var folder = Folder();
        folder.Refresh();
        Assert.Contains(folder.Problems, x => x.ToString().Contains(expected, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private ConfigurationFolder Folder() => new(
        _root, new ConfigurationLoader(new SecretResolver(_root, _root), new NoConnectors()), new FakeTimeProvider(), NullLogger<ConfigurationFolder>.Instance);

    private void Write(string text) => File.WriteAllText(Path.Combine(_root, "retention.json"), text);

    private sealed class NoConnectors : IFactoryLookup
    {
        public IReadOnlyCollection<string> ConnectorNames => [];

        public Provisioning.Connectors.IConnectorFactory? FindFactory(string name) => null;

        public string? ReasonMissing(string name) => null;
    }
}
