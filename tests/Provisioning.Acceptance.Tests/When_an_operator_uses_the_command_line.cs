using System.Text.Json.Nodes;

namespace Provisioning.Acceptance.Tests;

/// <summary>The tour of the README and the pages for operators, on the sample.</summary>
public sealed class When_an_operator_uses_the_command_line(When_an_operator_uses_the_command_line.Setting setting)
    : IClassFixture<When_an_operator_uses_the_command_line.Setting>
{
    private readonly HostProcess _host = setting.Host;

    [Fact]
    public async Task Should_show_how_the_host_is()
    {
        var output = await _host.DoneAsync("status");
        foreach (var part in (string[])["configuration", "policies", "csv", "scim", "staff-directory", "ready"])
            Assert.Contains(part, output, StringComparison.Ordinal);
        Assert.Equal(0, JsonNode.Parse(await _host.DoneAsync("status --json"))!["heldPlans"]!.GetValue<int>());
    }

    [Fact]
    public async Task Should_list_show_park_and_retry_assignments()
    {
        var found = JsonNode.Parse(await _host.DoneAsync("assignments list --user MEI.tanaka --identity-provider finance-ledger --json"))!.AsArray();
        var id = Assert.Single(found)!["id"]!.ToString();
        var shown = await _host.DoneAsync($"assignments show {id}");
        foreach (var part in (string[])["mei.tanaka", "the policies permit", "employee-portal", "email", "create"])
            Assert.Contains(part, shown, StringComparison.Ordinal);

        Assert.Contains("parked", await _host.DoneAsync($"assignments park {id}"), StringComparison.Ordinal);
        Assert.Contains(id, await _host.DoneAsync("assignments list --status parked"), StringComparison.Ordinal);
        Assert.Contains("1 retried", await _host.DoneAsync($"assignments retry {id}"), StringComparison.Ordinal);
        await HostProcess.UntilAsync(async () => (await _host.ListAsync("assignments?status=done&resource=mei.tanaka")).Any(x => x!["id"]!.ToString() == id));
        Assert.Contains(id, await _host.DoneAsync("assignments list --status done --user mei.tanaka"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_explain_why_somebody_has_no_account()
    {
        var output = await _host.DoneAsync("explain lucia.ferrari badge-office");
        foreach (var part in (string[])["lucia.ferrari", "employee-portal", "refused", "nothing is recorded", "Rule badge-office"])
            Assert.Contains(part, output, StringComparison.Ordinal);
        Assert.Contains("has none of the provisioning roles 'finance'", await _host.DoneAsync("explain lucia.ferrari"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_find_an_assignment_by_the_beginning_of_its_id()
    {
        var found = (await _host.ListAsync("assignments?resource=mei.tanaka")).Select(x => x!["id"]!.ToString()).ToList();
        Assert.Contains(found[0], await _host.DoneAsync($"assignments show {found[0][..^1]}"), StringComparison.Ordinal);
        var (exitCode, output) = await _host.CommandAsync($"assignments show {found[0][..3]}");
        Assert.Equal(1, exitCode);
        Assert.Contains("several", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("assignments show nothing", "'nothing'")]
    [InlineData("assignments retry nothing", "'nothing'")]
    [InlineData("assignments park nothing", "'nothing'")]
    [InlineData("assignments list --status lost", "lost")]
    [InlineData("assignments list --user nothing", "'nothing'")]
    [InlineData("explain nothing", "'nothing'")]
    [InlineData("explain jonas.lind nothing", "'nothing'")]
    [InlineData("plans approve nothing", "'nothing'")]
    [InlineData("users import missing.csv --service-provider employee-portal", "'missing.csv'")]
    [InlineData("parked retry nothing", "'nothing'")]
    [InlineData("parked discard nothing --reason why", "'nothing'")]
    [InlineData("parked discard nothing", "reason")]
    [InlineData("parked list --kind lost", "lost")]
    [InlineData("parked list --older-than yesterday", "'yesterday'")]
    [InlineData("parked list --older-than P5000000D", "'P5000000D'")]
    [InlineData("idps pause nothing", "'nothing'")]
    [InlineData("idps resume nothing", "'nothing'")]
    [InlineData("idps reconcile nothing", "'nothing'")]
    [InlineData("idps reconcile staff-directory --mode delete", "delete")]
    [InlineData("idps reconciliations staff-directory nothing", "'nothing'")]
    [InlineData("idps reconciliations staff-directory nothing --cancel", "'nothing'")]
    public async Task Should_say_what_is_wrong_in_the_words_that_were_used(string command, string expected)
    {
        var (exitCode, output) = await _host.CommandAsync(command);
        Assert.Equal(1, exitCode);
        Assert.Contains(expected, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_import_a_file_once_however_often_it_is_run()
    {
        var file = WriteFile("new.csv", "userName,displayName,department\nimp1,Imp One,Operations\nimp2,Imp Two,Sales\n");
        Assert.Contains("2 of 2 users imported", await _host.DoneAsync($"users import {file} --service-provider employee-portal"), StringComparison.Ordinal);
        var before = await VersionAsync("imp1");
        await _host.DoneAsync($"users import {file} --service-provider employee-portal");
        Assert.Equal(before, await VersionAsync("imp1"));
        await HostProcess.UntilAsync(async () =>
            (await _host.ListAsync("assignments?status=done&resource=imp1")).Any(x => x!["identityProvider"]!.ToString() == "badge-office"));
    }

    [Theory]
    [InlineData("bad.jsonl", "{\"userName\":\"never1\"}\n{ broken\n", "line 2")]
    [InlineData("bad.csv", "userName,active\nnever1,perhaps\n", "line 2")]
    [InlineData("bad.txt", "never1\n", ".txt")]
    public async Task Should_import_nothing_of_a_file_that_is_malformed(string name, string text, string expected)
    {
        var (exitCode, output) = await _host.CommandAsync($"users import {WriteFile(name, text)} --service-provider employee-portal");
        Assert.Equal(1, exitCode);
        Assert.Contains(expected, output, StringComparison.Ordinal);
        Assert.Equal("0", (await ListAsync("userName eq \"never1\""))["totalResults"]!.ToString());
    }

    [Fact]
    public async Task Should_name_the_line_of_a_user_that_is_refused_and_import_the_others()
    {
        var file = WriteFile("some.jsonl", "{\"userName\":\"some1\"}\n{\"displayName\":\"no name\"}\n");
        var (exitCode, output) = await _host.CommandAsync($"users import {file} --service-provider customer-portal");
        Assert.Equal(1, exitCode);
        Assert.Contains("1 of 2 users imported", output, StringComparison.Ordinal);
        Assert.Contains("line 2: 'userName' is required", output, StringComparison.Ordinal);
        Assert.Contains("'nobody'", (await _host.CommandAsync($"users import {file} --service-provider nobody")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("config schema identity-provider", "protectedAccounts")]
    [InlineData("config schema service-provider", "outboundProvisioning")]
    [InlineData("connectors list", "scim2")]
    [InlineData("connectors schema scim2", "baseUrl")]
    [InlineData("--help", "assignments")]
    public async Task Should_work_without_a_host(string command, string expected)
    {
        var (exitCode, output) = await _host.CommandAsync(command, withData: false);
        Assert.Equal(0, exitCode);
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_validate_the_sample()
    {
        Assert.Contains("valid", await _host.DoneAsync("config validate"), StringComparison.Ordinal);
        var rules = Path.Combine(HostProcess.Folder, "policies");
        var (exitCode, output) = await _host.CommandAsync($"policies check {rules}", withData: false);
        Assert.Equal(0, exitCode);
        Assert.Contains("valid", output, StringComparison.Ordinal);
        Assert.Equal(1, (await _host.CommandAsync("policies check nowhere", withData: false)).ExitCode);
    }

    [Fact]
    public async Task Should_say_that_no_host_ran_on_a_folder()
    {
        var (exitCode, output) = await _host.CommandAsync($"status --data {Path.Combine(_host.Data, "secrets")}", withData: false);
        Assert.Equal(1, exitCode);
        Assert.Contains("no host has run", output, StringComparison.Ordinal);
    }

    private string WriteFile(string name, string text)
    {
        var path = Path.Combine(_host.Data, name);
        File.WriteAllText(path, text);
        return path;
    }

    private async Task<string> VersionAsync(string name) => (await ListAsync($"userName eq \"{name}\""))["Resources"]![0]!["meta"]!["version"]!.ToString();

    private async Task<JsonNode> ListAsync(string filter)
    {
        using var client = _host.Client("resident");
        return JsonNode.Parse(await client.GetStringAsync($"/scim/v2/Users?filter={Uri.EscapeDataString(filter)}"))!;
    }

    public sealed class Setting : IAsyncLifetime
    {
        internal HostProcess Host { get; } = new();

        public async ValueTask InitializeAsync()
        {
            await Host.StartAsync();
            await HostProcess.UntilAsync(async () => (await Host.ListAsync("assignments?status=done")).Count == 12);
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
