namespace Provisioning.Benchmarks.Flow;

/// <summary>
/// The whole way of a user, from the inbound request to the account at the target, against a plain loop that pushes the same bodies
/// to the same target at the same concurrency. Target, host and load generator are three processes on one machine.
/// </summary>
internal static class FlowBenchmark
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var (users, rounds, delay) = (arguments.Number("--users", 5000), arguments.Number("--rounds", 3), arguments.Number("--delay-ms", 0));
        var report = new FlowReport(users, rounds, delay, arguments.Text("--name") ?? "");
        foreach (var concurrency in arguments.Numbers("--concurrency", 1, 8, 32))
            for (var round = 0; round < rounds; round++)
                report.Add(await RoundAsync(users, concurrency, delay));
        for (var round = 0; round < rounds; round++)
            report.AddStart(await StartUpAsync());

        Console.WriteLine(report.Render());
        if (arguments.Has("--write"))
            await File.WriteAllTextAsync(Path.Combine(Places.Results, FileName(arguments.Text("--name") ?? "")), report.Render());
        return 0;
    }

    private static string FileName(string name) => name.Length == 0 ? "provisioning.md" : $"provisioning-{name.Replace(' ', '-')}.md";

    private static async Task<FlowRound> RoundAsync(int users, int concurrency, int delay)
    {
        var url = $"http://127.0.0.1:{ChildProcess.FreePort()}";
        await using var target = await ChildProcess.StartAsync(Places.Self, $"target --port {new Uri(url).Port} --delay-ms {delay}", $"{url}/count");
        using var direct = new HttpClient { BaseAddress = new Uri(url) };
        await using var host = await HostUnderTest.StartAsync(url, concurrency);
        using var inbound = host.Client();
        // Compilation is no part of what is measured: it happens once in the life of a host.
        var warmUp = Math.Max(2000, users / 10);
        await Load.PushAsync(_ => direct, "w", warmUp, concurrency);
        await Load.PushAsync(_ => inbound, "v", warmUp, concurrency);
        await Load.ArrivedAsync(direct, 2 * warmUp);
        await direct.PostAsync("/reset", null);

        var plain = await Load.TimedAsync(() => Load.PushAsync(_ => direct, "a", users, concurrency));
        await direct.PostAsync("/reset", null);
        var before = host.Process.Processor;
        var accepted = TimeSpan.Zero;
        var whole = await Load.TimedAsync(async () =>
        {
            accepted = await Load.TimedAsync(() => Load.PushAsync(_ => inbound, "b", users, concurrency));
            await Load.ArrivedAsync(direct, users);
        });
        return new FlowRound(
            concurrency, users / plain.TotalSeconds, users / accepted.TotalSeconds, users / whole.TotalSeconds,
            (host.Process.Processor - before) / users, host.Process.PeakMemory);
    }

    private static async Task<TimeSpan> StartUpAsync()
    {
        var started = TimeProvider.System.GetTimestamp();
        await using var host = await HostUnderTest.StartAsync("http://127.0.0.1:9", 1);
        return TimeProvider.System.GetElapsedTime(started);
    }
}
