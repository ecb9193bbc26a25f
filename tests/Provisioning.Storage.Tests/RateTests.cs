using System.Diagnostics;
using Provisioning.Core.Ledger;

namespace Provisioning.Storage.Tests;

/// <summary>Measures; run it alone with <c>--explicit only</c>.</summary>
public abstract class RateTests(Backend backend, ITestOutputHelper output) : Fixture(backend)
{
    public sealed class On_SQLite(ITestOutputHelper output) : RateTests(Backend.SQLite, output);

    public sealed class On_PostgreSQL(ITestOutputHelper output) : RateTests(Backend.PostgreSQL, output);

    private const int Callers = 32;
    private const int Each = 1000;

    [Fact(Explicit = true)]
    public async Task When_users_flow_through_Should_report_the_rate()
    {
        await RunAsync("commit", (caller, i) =>
            Ledger.CommitUserAsync(User($"a{caller}-{i}"), WriteKind.Insert, [Plan($"a{caller}-{i}", provider: "other")], None));
        await RunAsync("cycle, claimed by the plan", async (caller, i) =>
        {
            var id = $"b{caller}-{i}";
            var plan = Plan(id) with { ClaimFor = Lease(id) };
            var claimed = Assert.Single(await Ledger.CommitUserAsync(User(id), WriteKind.Insert, [plan], None));
            Assert.True(await Ledger.RecordAsync(Done(claimed, id, account: id), None));
        });
        await RunAsync("cycle, claimed one by one", async (caller, i) =>
        {
            var id = $"c{caller}-{i}";
            await Ledger.CommitUserAsync(User(id), WriteKind.Insert, [Plan(id)], None);
            var claimed = Assert.Single(await ClaimAsync(id, 1));
            Assert.True(await Ledger.RecordAsync(Done(claimed, id, account: id), None));
        });
    }

    private async Task RunAsync(string name, Func<int, int, Task> step)
    {
        var processor = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < Each; i++)
                await step(caller, i);
        })));
        var rate = Callers * Each / clock.Elapsed.TotalSeconds;
        var cost = (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / (Callers * Each);
        output.WriteLine($"{name}: {rate:n0} per second, {cost:n0} µs of processor each");
    }
}
