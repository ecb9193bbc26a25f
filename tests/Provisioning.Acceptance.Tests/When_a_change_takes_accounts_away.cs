using System.Text.Json.Nodes;

namespace Provisioning.Acceptance.Tests;

public sealed class When_a_change_takes_accounts_away : IAsyncLifetime
{
    private readonly ScratchConfig _config = new();
    private HostProcess _host = null!;

    public async ValueTask InitializeAsync()
    {
        _config.Csv("office", """, "guard": { "count": 1, "percent": 10 }, "deprovision": { "action": "delete" } """);
        Bind(office: true);
        _host = await new HostProcess(_config.Root, _config.Policies).StartAsync();
        using var portal = _host.Client("portal");
        foreach (var name in (string[])["ada", "bob", "eve"])
            await portal.PostAsync("/scim/v2/Users", ScratchConfig.User(name));
        await HostProcess.UntilAsync(() => Task.FromResult(Accounts == 3));
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Should_hold_them_until_somebody_approves()
    {
        Bind(office: false);
        var plan = await HeldAsync();
        Assert.Equal(plan, Assert.Single(JsonNode.Parse(await _host.DoneAsync("plans list --json"))!.AsArray())!["id"]!.ToString());
        var (_, shown) = await _host.CommandAsync($"plans show {plan}");
        Assert.Contains("3 of 3 accounts", shown, StringComparison.Ordinal);
        Assert.Contains("eve", shown, StringComparison.Ordinal);
        Assert.Contains("plans that wait", (await _host.CommandAsync("status")).Output, StringComparison.Ordinal);

        // Not one by one either, with the next update of each user, and not after a crash.
        using (var portal = _host.Client("portal"))
            await portal.PostAsync("/api/sign-ins", ScratchConfig.User("ada", "\"title\": \"new\""));
        await _host.KillAsync();
        await _host.StartAsync();
        Assert.Equal(plan, await HeldAsync());
        Assert.Equal(3, Accounts);

        Assert.Equal(0, (await _host.CommandAsync($"plans approve {plan}")).ExitCode);
        await HostProcess.UntilAsync(() => Task.FromResult(Accounts == 0));
        await HostProcess.UntilAsync(async () => (await _host.ListAsync("plans")).Count == 0);
        Assert.Contains("no plan waits", await _host.DoneAsync("plans list"), StringComparison.Ordinal);
    }

    [Fact(Explicit = true)]
    public async Task Should_keep_them_when_rejected_and_ask_no_more_when_the_change_is_taken_back()
    {
        Bind(office: false);
        Assert.Equal(0, (await _host.CommandAsync($"plans reject {await HeldAsync()}")).ExitCode);
        Assert.Contains("rejected", (await _host.CommandAsync("plans list")).Output, StringComparison.Ordinal);
        Assert.Equal((1, true), await _host.CommandAsync("plans approve nothing") is var (code, text) ? (code, text.Contains("'nothing'", StringComparison.Ordinal)) : default);
        Bind(office: true);
        await HostProcess.UntilAsync(async () => (await _host.ListAsync("plans")).Count == 0);
        Assert.Equal(3, Accounts);
    }

    [Fact(Explicit = true)]
    public async Task Should_detach_and_delete_nothing_when_the_identity_provider_leaves_the_configuration_and_come_back_with_it()
    {
        var file = Path.Combine(_config.Root, "identity-providers", "office.json");
        var text = await File.ReadAllTextAsync(file);
        Bind(office: false);
        File.Delete(file);
        await HostProcess.UntilAsync(async () => (await _host.ListAsync("assignments?status=detached")).Count == 3);
        Assert.Contains("eve", await _host.DoneAsync("assignments list --status detached"), StringComparison.Ordinal);
        Assert.Equal(3, Accounts);

        _config.IdentityProvider("office", text);
        Bind(office: true);
        await HostProcess.UntilAsync(async () => (await _host.ListAsync("assignments?status=done")).Count == 3);
        Assert.Equal(3, Accounts);
    }

    private int Accounts => File.Exists(AccountFile) ? File.ReadAllLines(AccountFile).Count(x => x.Length > 0) - 1 : 0;

    private string AccountFile => Path.Combine(_host.Data, "accounts", "office.csv");

    private void Bind(bool office) => _config.Portal(office ? ["""{ "identityProvider": "office", "jit": true }"""] : []);

    private async Task<string> HeldAsync()
    {
        var id = "";
        await HostProcess.UntilAsync(async () =>
        {
            id = (await _host.ListAsync("plans")).FirstOrDefault(x => x!["state"]!.ToString() == "held")?["id"]?.ToString() ?? "";
            return id.Length > 0;
        });
        return id;
    }
}
