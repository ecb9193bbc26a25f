using System.Text.Json.Nodes;

namespace Provisioning.Acceptance.Tests;

/// <summary>With its own employees and nobody else's registrations.</summary>
public sealed class When_the_sample_starts : IAsyncLifetime
{
    private readonly HostProcess _host = new();

    public async ValueTask InitializeAsync() => await _host.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Should_provision_the_employees_by_rule_and_the_customers_nowhere()
    {
        await WaitForRowsAsync("staff-directory", 6);
        await WaitForRowsAsync("badge-office", 4);
        await WaitForRowsAsync("finance-ledger", 2);
        var customers = await File.ReadAllTextAsync(Accounts("staff-directory"));
        Assert.DoesNotContain("customer", customers, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Should_survive_a_kill_with_nothing_lost_and_nothing_doubled()
    {
        await WaitForRowsAsync("staff-directory", 6);
        await _host.KillAsync();
        await _host.StartAsync();
        using var admin = _host.Client("resident");
        var pending = JsonNode.Parse(await admin.GetStringAsync("/api/admin/assignments?identityProvider=staff-directory"))!.AsArray();
        Assert.Equal(6, pending.Count);
        await WaitForRowsAsync("staff-directory", 6);
    }

    private string Accounts(string name) => Path.Combine(_host.Data, "accounts", name + ".csv");

    private Task<JsonNode> WaitForRowsAsync(string name, int rows) => HostProcess.EventuallyAsync(async () =>
        File.Exists(Accounts(name)) && (await File.ReadAllLinesAsync(Accounts(name))).Count(x => x.Length > 0) == rows + 1 ? JsonValue.Create(true) : null);
}
