using System.Text.Json.Nodes;

namespace Provisioning.Acceptance.Tests;

/// <summary>Somebody edits the accounts behind our back.</summary>
public sealed class When_a_target_drifts(When_a_target_drifts.Setting setting) : IClassFixture<When_a_target_drifts.Setting>
{
    private readonly HostProcess _host = setting.Host;

    [Fact]
    public async Task Should_report_it_and_repair_it_when_told_to()
    {
        Edit("told");
        var report = await _host.DoneAsync("idps reconcile told");
        foreach (var part in (string[])["complete", "1 missing, 1 different, 1 unmatched", "boss", "stranger"])
            Assert.Contains(part, report, StringComparison.Ordinal);
        var run = JsonNode.Parse(await _host.DoneAsync("idps reconciliations told --json"))![0]!["id"]!.ToString();
        var missing = JsonNode.Parse(await _host.DoneAsync($"idps reconciliations told {run} --kind missing --json"))!["findings"]!.AsArray();
        Assert.Equal("eve", Assert.Single(missing)!["resource"]!.ToString());
        Assert.Contains("never reconciled", await _host.DoneAsync("idps reconciliations other"), StringComparison.Ordinal);

        Assert.Contains("acted on", await _host.DoneAsync("idps reconcile told --mode repair"), StringComparison.Ordinal);
        await HostProcess.UntilAsync(() => Task.FromResult(File.ReadAllText(Accounts("told")) is var text && text.Contains("eve", StringComparison.Ordinal) && !text.Contains("boss", StringComparison.Ordinal)));
        Assert.Contains("stranger", await File.ReadAllTextAsync(Accounts("told")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_say_that_a_listing_was_not_complete_and_do_nothing()
    {
        var text = await File.ReadAllTextAsync(Accounts("cut"));
        await File.WriteAllTextAsync(Accounts("cut"), text[..^20] + "\"");
        var (exitCode, output) = await _host.CommandAsync("idps reconcile cut --mode repair");
        Assert.Equal(1, exitCode);
        Assert.Contains("incomplete", output, StringComparison.Ordinal);
        Assert.DoesNotContain("missing", output, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Accounts("cut"), text);
    }

    [Fact]
    public async Task Should_be_found_by_the_schedule()
    {
        Edit("scheduled");
        setting.Office("scheduled", """{ "settling": "PT0S", "schedule": "* * * * * ?", "timeZone": "Europe/Berlin" }""");
        await HostProcess.UntilAsync(async () => (await _host.ListAsync("identity-providers/scheduled/reconciliations?max=100")).Any(x =>
            x!["requestedBy"]!.ToString() == "schedule" && x["state"]!.ToString() == "complete" && x["counts"]!["missing"]!.GetValue<long>() == 1));
    }

    // Eve is gone, Bob is the boss, and a stranger is there.
    private void Edit(string office)
    {
        var lines = File.ReadAllLines(Accounts(office)).Where(x => !x.Contains("eve", StringComparison.Ordinal))
            .Select(x => x.Contains("bob", StringComparison.Ordinal) ? x.Replace("clerk", "boss", StringComparison.Ordinal) : x).ToList();
        lines.Add(string.Join(',', lines[0].Split(',').Select(x => x switch { "id" => "77", "userName" => "stranger", "enabled" => "true", _ => "" })));
        File.WriteAllLines(Accounts(office) + ".new", lines);
        File.Move(Accounts(office) + ".new", Accounts(office), overwrite: true);
    }

    private string Accounts(string office) => Path.Combine(_host.Data, "accounts", office + ".csv");

    /// <summary>One host, and an office for each test with the same three people.</summary>
    public sealed class Setting : IAsyncLifetime
    {
        private readonly ScratchConfig _config = new();

        internal HostProcess Host { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            string[] offices = ["told", "cut", "scheduled"];
            foreach (var office in offices)
                Office(office, """{ "settling": "PT0S" }""");
            _config.Portal([.. offices.Select(x => $$"""{ "identityProvider": "{{x}}" }""")]);
            Host = await new HostProcess(_config.Root, _config.Policies).StartAsync();
            using var portal = Host.Client("portal");
            foreach (var name in (string[])["ada", "bob", "eve"])
                await portal.PostAsync("/scim/v2/Users", ScratchConfig.User(name, "\"title\": \"clerk\""));
            await HostProcess.UntilAsync(async () => (await Host.ListAsync("assignments?status=done")).Count == 9);
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();

        public void Office(string name, string reconciliation) => _config.IdentityProvider(name, $$"""
            { "name": "{{name}}", "connector": "csv", "settings": { "path": "accounts/{{name}}.csv" }, "reconciliation": {{reconciliation}},
              "mapping": { "userName": "user.userName", "title": "user.title" } }
            """);
    }
}
