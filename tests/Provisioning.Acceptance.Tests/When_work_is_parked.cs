using System.Text.Json.Nodes;

namespace Provisioning.Acceptance.Tests;

/// <summary>Three users whose names are taken at a target that must not be adopted from.</summary>
public sealed class When_work_is_parked : IAsyncLifetime
{
    private readonly ScratchConfig _config = new();
    private HostProcess _host = null!;

    public async ValueTask InitializeAsync()
    {
        Office("reject");
        _config.Portal("""{ "identityProvider": "office" }""");
        _host = new HostProcess(_config.Root, _config.Policies);
        Directory.CreateDirectory(Path.Combine(_host.Data, "accounts"));
        await File.WriteAllTextAsync(Path.Combine(_host.Data, "accounts", "office.csv"), "id,userName,enabled\r\n1,ada,true\r\n2,bob,true\r\n3,eve,true\r\n");
        await _host.StartAsync();
        using var portal = _host.Client("portal");
        foreach (var name in (string[])["ada", "bob", "eve", "dan"])
            await portal.PostAsync("/scim/v2/Users", ScratchConfig.User(name));
        await HostProcess.UntilAsync(async () => (await _host.ListAsync("parked")).Count == 3);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Should_list_retry_and_discard_it()
    {
        var listed = await _host.DoneAsync("parked list");
        Assert.Contains("exists already for 'ada' and 'existing' is 'Reject'", listed, StringComparison.Ordinal);
        Assert.Equal(3, Assert.Single(JsonNode.Parse(await _host.DoneAsync("parked causes --json"))!.AsArray())!["count"]!.GetValue<int>());
        Assert.Contains("parked", await _host.DoneAsync("status"), StringComparison.Ordinal);
        Assert.Single(await ParkedAsync("--text 'ada'"));
        Assert.Equal(3, (await ParkedAsync("--kind rejected --identity-provider office")).Count);
        foreach (var nothing in (string[])["--kind transient", "--older-than PT12H", "--identity-provider other"])
            Assert.Empty(await ParkedAsync(nothing));

        var eve = Assert.Single(await ParkedAsync("--text 'eve'"))!["id"]!.ToString();
        Assert.Contains("1 discarded", await _host.DoneAsync($"parked discard {eve} --reason \"works elsewhere\""), StringComparison.Ordinal);
        Assert.Contains("works elsewhere", await _host.DoneAsync("assignments list --status discarded"), StringComparison.Ordinal);

        // What stood in the way is put right, and one of those that remain is enough to name the others.
        Office("adopt");
        await _host.WaitForOutputAsync("configuration");
        var ada = Assert.Single(await ParkedAsync("--text 'ada'"))!["id"]!.ToString();
        await HostProcess.UntilAsync(async () => (await _host.DoneAsync($"parked retry {ada} --alike")).Contains("retried", StringComparison.Ordinal) && await DoneCountAsync() == 3);
        Assert.Empty(await ParkedAsync(""));
        Assert.Contains("0 retried", await _host.DoneAsync("parked retry"), StringComparison.Ordinal);

        using var portal = _host.Client("portal");
        await portal.PostAsync("/api/sign-ins", ScratchConfig.User("eve", "\"title\": \"new\""));
        await HostProcess.UntilAsync(async () => await DoneCountAsync() == 4);
    }

    private void Office(string existing) => _config.IdentityProvider("office", $$"""
        { "name": "office", "connector": "csv", "settings": { "path": "accounts/office.csv" }, "existing": "{{existing}}",
          "mapping": { "userName": "user.userName", "title": "user.title" } }
        """);

    private async Task<JsonArray> ParkedAsync(string filter) => JsonNode.Parse(await _host.DoneAsync($"parked list --json {filter}"))!.AsArray();

    private async Task<int> DoneCountAsync() => (await _host.ListAsync("assignments?status=done")).Count;
}
