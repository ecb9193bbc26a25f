using System.Text.Json.Nodes;

namespace Provisioning.Acceptance.Tests;

/// <summary>A file is the whole of what a service provider says, if it is meant so.</summary>
public sealed class When_a_file_is_imported_again : IAsyncLifetime
{
    private HostProcess _host = null!;

    public async ValueTask InitializeAsync()
    {
        var config = new ScratchConfig();
        config.Csv("plain", """, "guard": { "count": 3, "percent": 10 } """);
        config.Portal("""{ "identityProvider": "plain" }""");
        _host = await new HostProcess(config.Root, config.Policies).StartAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Should_count_first_and_then_remove_who_is_missing()
    {
        var file = await FileAsync("userName,title\na,1\nb,1\nc,1\n");
        Assert.Contains("nothing was written: 3 of 3 users would be added, 0 changed, 0 stay", await ImportAsync(file, "--dry-run"), StringComparison.Ordinal);
        Assert.Empty(await NamesAsync());
        Assert.Contains("3 of 3 users imported for 'portal': 3 added", await ImportAsync(file), StringComparison.Ordinal);

        // One comes, one changes, one stays, one is missing. Somebody who only signed in was never in a file.
        using var portal = _host.Client("portal");
        await portal.PostAsync("/api/sign-ins", ScratchConfig.User("guest"));
        file = await FileAsync("userName,title\nA,1\nb,2\nd,1\n");
        var told = await ImportAsync(file, "--dry-run --missing deactivate");
        Assert.Contains("1 of 3 users would be added, 2 changed, 0 stay as they are; 1 who are missing would be deactivated", told, StringComparison.Ordinal);
        Assert.Equal(["a", "b", "c", "guest"], await NamesAsync());

        await ImportAsync(file, "--missing deactivate");
        Assert.Equal(["A", "b", "c (inactive)", "d", "guest"], await NamesAsync());
        await ImportAsync(file, "--missing delete");
        Assert.Equal(["A", "b", "d", "guest"], await NamesAsync());
        await HostProcess.UntilAsync(async () => (await _host.ListAsync("assignments?resource=c")).All(x => x!["desired"]!.ToString() != "present" && x["status"]!.ToString() == "done"));
    }

    [Fact(Explicit = true)]
    public async Task Should_remove_nobody_when_a_row_is_refused_or_the_file_is_empty()
    {
        await ImportAsync(await FileAsync("userName\na\nb\n"));
        var (exitCode, output) = await _host.CommandAsync($"users import {await FileAsync("userName,title\na,x\n,y\n")} --service-provider portal --missing delete");
        Assert.Equal(1, exitCode);
        Assert.Contains("nobody who is missing was removed", output, StringComparison.Ordinal);
        (exitCode, output) = await _host.CommandAsync($"users import {await FileAsync("userName\n")} --service-provider portal --missing delete");
        Assert.Equal(1, exitCode);
        Assert.Contains("an empty file removes nobody", output, StringComparison.Ordinal);
        Assert.Equal(["a", "b"], await NamesAsync());
    }

    [Fact]
    public async Task Should_remove_nobody_who_never_was_in_a_file_and_take_nothing_from_short_rows()
    {
        using var portal = _host.Client("portal");
        await portal.PostAsync("/scim/v2/Users", ScratchConfig.User("scim"));
        await ImportAsync(await FileAsync("userName,title,nickName\na,1,x\nb,2,y\n"));
        await ImportAsync(await FileAsync("userName,title,nickName\na\n\nc,3,z\n"), "--missing delete");
        Assert.Equal(["a", "c", "scim"], await NamesAsync());
        var a = JsonNode.Parse(await portal.GetStringAsync("/scim/v2/Users?filter=userName eq \"a\""))!["Resources"]![0]!;
        Assert.Equal(("1", "x"), (a["title"]!.ToString(), a["nickName"]!.ToString()));

        // A number is a name, too.
        var numbers = Path.Combine(_host.Data, "numbers.jsonl");
        await File.WriteAllLinesAsync(numbers, ["{\"userName\":1001}", "{\"urn:ietf:params:scim:schemas:core:2.0:User\":{\"userName\":\"urn\"}}"]);
        await ImportAsync(numbers);
        await ImportAsync(numbers, "--missing delete");
        Assert.Equal(["1001", "scim", "urn"], await NamesAsync());
    }

    [Theory(Explicit = true)]
    [InlineData("userName,title\na,1,2\n", "line 2: has 3 cells, and there are 2 columns")]
    public async Task Should_refuse_a_file_of_which_nobody_knows_what_it_means(string text, string expected)
    {
        var (exitCode, output) = await _host.CommandAsync($"users import {await FileAsync(text)} --service-provider portal");
        Assert.Equal(1, exitCode);
        Assert.Contains(expected, output, StringComparison.Ordinal);
        Assert.Empty(await NamesAsync());
    }

    [Fact(Explicit = true)]
    public async Task Should_take_the_first_of_two_rows_about_one_user_and_tell_of_the_other()
    {
        var (exitCode, output) = await _host.CommandAsync($"users import {await FileAsync("userName,title\na,1\nA,2\nb,3\n")} --service-provider portal --missing delete");
        Assert.Equal(1, exitCode);
        Assert.Contains("line 3: the user is in line 2 already", output, StringComparison.Ordinal);
        Assert.Contains("2 of 3 users imported", output, StringComparison.Ordinal);
        Assert.Equal(["a", "b"], await NamesAsync());
    }

    [Fact(Explicit = true)]
    public async Task Should_hold_the_loss_of_many_accounts()
    {
        await ImportAsync(await FileAsync("userName\n" + string.Join('\n', Enumerable.Range(0, 10).Select(x => $"u{x}")) + "\n"));
        await HostProcess.UntilAsync(async () => (await _host.ListAsync("assignments?status=done")).Count == 10);
        await ImportAsync(await FileAsync("userName\nu0\n"), "--missing delete");
        await HostProcess.UntilAsync(async () => (await _host.ListAsync("plans")).Count > 0);
        Assert.Equal(7, (await _host.ListAsync("assignments")).Count(x => x!["desired"]!.ToString() == "present"));
    }

    private async Task<string> FileAsync(string text)
    {
        var path = Path.Combine(_host.Data, $"{Guid.NewGuid():n}.csv");
        await File.WriteAllTextAsync(path, text);
        return path;
    }

    private Task<string> ImportAsync(string file, string more = "") => _host.DoneAsync($"users import {file} --service-provider portal {more}");

    private async Task<IReadOnlyList<string>> NamesAsync()
    {
        using var portal = _host.Client("portal");
        var list = JsonNode.Parse(await portal.GetStringAsync("/scim/v2/Users"))!["Resources"]!.AsArray();
        return [.. list.Select(x => x!["userName"] + (x["active"]!.GetValue<bool>() ? "" : " (inactive)"))];
    }
}
