using System.Text.Json.Nodes;

namespace Provisioning.Acceptance.Tests;

public sealed class When_a_leaver_has_a_grace_period(When_a_leaver_has_a_grace_period.Setting setting)
    : IClassFixture<When_a_leaver_has_a_grace_period.Setting>, IAsyncLifetime
{
    private const string Staff = "\"roles\": [ { \"value\": \"staff\" } ]";
    private const string Guest = "\"roles\": []";

    private readonly HostProcess _host = setting.Host;

    // The host is shared, the leaver is each test's own.
    private readonly string _name = $"leaver-{Guid.NewGuid():n}";
    private string _user = "";

    public async ValueTask InitializeAsync()
    {
        using var portal = _host.Client("portal");
        var answer = await portal.PostAsync("/scim/v2/Users", ScratchConfig.User(_name, Staff));
        _user = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["id"]!.ToString();
        Assert.Equal(1, Accounts);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Should_keep_the_account_over_a_restart_and_when_the_leaver_comes_back()
    {
        await PutAsync(Guest);
        Assert.Equal(("absent", "pending"), await StateAsync());
        await _host.KillAsync();
        await _host.StartAsync();
        Assert.Equal(("absent", "pending"), await StateAsync());
        Assert.Equal(1, Accounts);

        await PutAsync(Staff);
        Assert.Equal(("present", "done"), await StateAsync());
        Assert.Equal(1, Accounts);
    }

    [Fact]
    public async Task Should_give_the_account_to_who_is_registered_anew_under_the_name()
    {
        using var portal = _host.Client("portal");
        await portal.DeleteAsync($"/scim/v2/Users/{_user}");
        await portal.PostAsync("/scim/v2/Users", ScratchConfig.User(_name, Staff));
        Assert.Equal(1, Accounts);
        var states = await AssignmentsAsync();
        Assert.All(states, x => Assert.Equal("done", x!["status"]!.ToString()));
        Assert.Equal(["absent", "present"], states.Select(x => x!["desired"]!.ToString()).Order());
    }

    [Fact]
    public async Task Should_end_it_when_an_operator_says_so()
    {
        await PutAsync(Guest);
        await _host.DoneAsync($"assignments retry {Assert.Single(await AssignmentsAsync())!["id"]}");
        await HostProcess.EventuallyAsync(() => Task.FromResult<JsonNode?>(Accounts == 0 ? JsonValue.Create(true) : null));
    }

    private int Accounts => File.ReadAllLines(Path.Combine(_host.Data, "accounts", "office.csv")).Count(x => x.Contains(_name, StringComparison.Ordinal));

    private async Task PutAsync(string roles)
    {
        using var portal = _host.Client("portal");
        (await portal.PutAsync($"/scim/v2/Users/{_user}", ScratchConfig.User(_name, roles))).EnsureSuccessStatusCode();
    }

    private async Task<(string Desired, string Status)> StateAsync()
    {
        var assignment = Assert.Single(await AssignmentsAsync())!;
        return (assignment["desired"]!.ToString(), assignment["status"]!.ToString());
    }

    private Task<JsonArray> AssignmentsAsync() => _host.ListAsync($"assignments?resource={_name}");

    public sealed class Setting : IAsyncLifetime
    {
        internal HostProcess Host { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            var config = new ScratchConfig();
            config.Csv("office", """, "provisioningRoles": [ "staff" ], "deprovision": { "action": "delete", "gracePeriod": "P7D" } """);
            config.Portal("""{ "identityProvider": "office", "blocking": true }""");
            Host = await new HostProcess(config.Root, config.Policies).StartAsync();
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
