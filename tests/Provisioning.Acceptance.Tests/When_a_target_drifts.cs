using System.Text.Json.Nodes;

namespace Provisioning.Acceptance.Tests;

/// <summary>Somebody edits the accounts behind our back.</summary>
public sealed class When_a_target_drifts : IAsyncLifetime
{
    private readonly ScratchConfig _config = new();
    private HostProcess _host = null!;

    private string Accounts => Path.Combine(_host.Data, "accounts", "office.csv");

    public async ValueTask InitializeAsync()
    {
        Office("""{ "settling": "PT0S" }""");
        _config.Portal("""{ "identityProvider": "office" }""");
        _host = await new HostProcess(_config.Root, _config.Policies).StartAsync();
        using var portal = _host.Client("portal");
        foreach (var name in (string[])["ada", "bob", "eve"])
            await portal.PostAsync("/scim/v2/Users", ScratchConfig.User(name, "\"title\": \"clerk\""));
        await HostProcess.UntilAsync(async () => (await _host.CommandAsync("assignments list --status done --json")).Output.Split("\"done\"").Length == 4);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Should_report_it_and_repair_it_when_told_to()
    {
        Edit();
        var report = await _host.DoneAsync("idps reconcile office");
        foreach (var part in (string[])["complete", "1 missing, 1 different, 1 unmatched", "boss", "stranger"])
            Assert.Contains(part, report, StringComparison.Ordinal);
        var run = JsonNode.Parse(await _host.DoneAsync("idps reconciliations office --json"))![0]!["id"]!.ToString();
        var missing = JsonNode.Parse(await _host.DoneAsync($"idps reconciliations office {run} --kind missing --json"))!["findings"]!.AsArray();
        Assert.Equal("eve", Assert.Single(missing)!["resource"]!.ToString());
        Assert.Contains("never reconciled", await _host.DoneAsync("idps reconciliations other"), StringComparison.Ordinal);

        Assert.Contains("acted on", await _host.DoneAsync("idps reconcile office --mode repair"), StringComparison.Ordinal);
        await HostProcess.UntilAsync(() => Task.FromResult(File.ReadAllText(Accounts) is var text && text.Contains("eve", StringComparison.Ordinal) && !text.Contains("boss", StringComparison.Ordinal)));
        Assert.Contains("stranger", await File.ReadAllTextAsync(Accounts), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_say_that_a_listing_was_not_complete_and_do_nothing()
    {
        var text = await File.ReadAllTextAsync(Accounts);
        await File.WriteAllTextAsync(Accounts, text[..^20] + "\"");
        var (exitCode, output) = await _host.CommandAsync("idps reconcile office --mode repair");
        Assert.Equal(1, exitCode);
        Assert.Contains("incomplete", output, StringComparison.Ordinal);
        Assert.DoesNotContain("missing", output, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Accounts, text);
    }

    [Fact]
    public async Task Should_be_found_by_the_schedule()
    {
        Edit();
        Office("""{ "settling": "PT0S", "schedule": "* * * * * ?", "timeZone": "Europe/Berlin" }""");
        await HostProcess.UntilAsync(async () => JsonNode.Parse(await _host.DoneAsync("idps reconciliations office --json"))!.AsArray().Any(x =>
            x!["requestedBy"]!.ToString() == "schedule" && x["state"]!.ToString() == "complete" && x["counts"]!["missing"]!.GetValue<long>() == 1));
    }

    [Theory]
    [InlineData("idps reconcile nothing", "'nothing'")]
    [InlineData("idps reconcile office --mode delete", "delete")]
    [InlineData("idps reconciliations office nothing", "'nothing'")]
    [InlineData("idps reconciliations office nothing --cancel", "'nothing'")]
    public async Task Should_say_what_is_wrong_in_the_words_that_were_used(string command, string expected)
    {
        var (exitCode, output) = await _host.CommandAsync(command);
        Assert.Equal(1, exitCode);
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }

    // Eve is gone, Bob is the boss, and a stranger is there.
    private void Edit()
    {
        var lines = File.ReadAllLines(Accounts).Where(x => !x.Contains("eve", StringComparison.Ordinal))
            .Select(x => x.Contains("bob", StringComparison.Ordinal) ? x.Replace("clerk", "boss", StringComparison.Ordinal) : x).ToList();
        lines.Add(string.Join(',', lines[0].Split(',').Select(x => x switch { "id" => "77", "userName" => "stranger", "enabled" => "true", _ => "" })));
        File.WriteAllLines(Accounts + ".new", lines);
        File.Move(Accounts + ".new", Accounts, overwrite: true);
    }

    private void Office(string reconciliation) => _config.IdentityProvider("office", $$"""
        { "name": "office", "connector": "csv", "settings": { "path": "accounts/office.csv" }, "reconciliation": {{reconciliation}},
          "mapping": { "userName": "user.userName", "title": "user.title" } }
        """);
}
