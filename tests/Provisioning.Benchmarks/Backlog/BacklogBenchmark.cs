using System.Globalization;
using System.Net;
using Provisioning.Benchmarks.Flow;

namespace Provisioning.Benchmarks.Backlog;

/// <summary>
/// Many users arrive while their target is down. Measured are the rate at which they are taken, what the host holds meanwhile, what
/// callers see who wait for another target and for the same one, and how the backlog drains when the target is back.
/// </summary>
internal static class BacklogBenchmark
{
    private const string File = "backlog.md";
    private const int Calls = 200;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var database = arguments.Text("--database");
        var run = new BacklogRun(
            arguments.Number("--users", 10_000), arguments.Number("--nodes", 1), arguments.Number("--providers", 1),
            arguments.Number("--concurrency", 32), TimeSpan.FromMinutes(arguments.Number("--outage-minutes", 0)), database);
        var machine = Machine.Describe();
        var result = await RoundAsync(run);
        Console.WriteLine(result.Row(run));
        if (arguments.Has("--write"))
            await System.IO.File.AppendAllTextAsync(Path.Combine(Places.Results, File), $"{result.Row(run)}\n");
        Console.Error.WriteLine(machine);
        return result.Refused == 0 ? 0 : 1;
    }

    private static async Task<BacklogResult> RoundAsync(BacklogRun run)
    {
        var (bulkUrl, calmUrl) = (Url(), Url());
        await using var calm = await StartTargetAsync(calmUrl);
        using var calmTarget = new HttpClient { BaseAddress = new Uri(calmUrl) };
        await using var hosts = await BacklogHosts.StartAsync(run.Nodes, run.Providers, bulkUrl, calmUrl, run.Database);
        var ledger = new Ledger(hosts.Data, run.Database);
        using var door = hosts.Client("door");
        using var post = hosts.Client("post");
        using var desk = hosts.Client("desk0");
        var result = new BacklogResult();

        // Compilation is no part of what is measured: it happens once in the life of a host.
        foreach (var (client, prefix) in ((HttpClient, string)[])[(door, "warm-door"), (post, "warm-post")])
            await Load.PushAsync(_ => client, prefix, 2000, 16);
        await Load.ArrivedAsync(calmTarget, 4000);
        result.TargetAlone = await Latency.OfAnswersAsync(calmTarget, "alone", Calls);
        result.BlockingIdle = await Latency.OfAnswersAsync(door, "idle-door", Calls);
        result.ArrivalIdle = await Latency.OfArrivalsAsync(post, calmTarget, "idle-post", Calls);

        var began = TimeProvider.System.GetTimestamp();
        var clients = Enumerable.Range(0, run.Providers * run.Nodes).Select(i => hosts.Client($"load{i % run.Providers}", i / run.Providers)).ToList();
        Say("users arrive, their target is down");
        result.Enqueue = run.Users / (await Load.TimedAsync(() => Load.PushAsync(i => clients[i % clients.Count], "u", run.Users, run.Concurrency))).TotalSeconds;
        result.BlockingElsewhere = await Latency.OfAnswersAsync(door, "backlog-door", Calls);
        result.ArrivalElsewhere = await Latency.OfArrivalsAsync(post, calmTarget, "backlog-post", Calls);
        Say($"{result.Enqueue:F0} users/s taken; the target stays away");
        while (TimeProvider.System.GetElapsedTime(began) < run.Outage)
            await Task.Delay(1000);
        (result.Outage, result.Triggers, result.Size) = (TimeProvider.System.GetElapsedTime(began), ledger.Triggers(), ledger.Size());
        result.MemoryInOutage = hosts.Processes.Max(x => x.Memory);

        await using var bulk = await StartTargetAsync(bulkUrl);
        using var bulkTarget = new HttpClient { BaseAddress = new Uri(bulkUrl) };
        await DrainAsync(run, result, bulkTarget, desk);
        result.Memory = hosts.Processes.Max(x => x.PeakMemory);
        result.Refused = int.Parse(await bulkTarget.GetStringAsync("/refused"), CultureInfo.InvariantCulture);
        foreach (var client in clients)
            client.Dispose();
        return result;
    }

    private static async Task DrainAsync(BacklogRun run, BacklogResult result, HttpClient target, HttpClient desk)
    {
        // The pause of a target that was away is the recovery's doing; the rate is that of the work after it.
        await Load.ArrivedAsync(target, 1);
        Say("the target is back and the first account arrived");
        var tenth = run.Users / 10;
        var first = await Load.TimedAsync(() => Load.ArrivedAsync(target, tenth));
        var asked = 2 * Calls;
        var asking = Task.Run(async () =>
        {
            asked += await OpenedAsync(desk);
            result.TargetInDrain = await Latency.OfAnswersAsync(target, "beside", Calls);
            result.BlockingInDrain = await Latency.OfAnswersAsync(desk, "desk", Calls);
        });
        var middle = await Load.TimedAsync(() => Load.ArrivedAsync(target, run.Users - tenth));
        var last = await Load.TimedAsync(async () =>
        {
            await asking;
            await Load.ArrivedAsync(target, run.Users + asked);
        });
        (result.Drain, result.DrainFirst, result.DrainLast) =
            (run.Users / (first + middle + last).TotalSeconds, tenth / first.TotalSeconds, tenth / last.TotalSeconds);
    }

    /// <summary>
    /// Several identity providers come back one after the other: a caller at one that still rests is told so. Returns how many users it took
    /// until one was answered; they arrive like the others.
    /// </summary>
    private static async Task<int> OpenedAsync(HttpClient desk)
    {
        for (var tried = 1; ; tried++)
        {
            try
            {
                await Load.PostAsync(desk, $"opened{tried}", CancellationToken.None);
                return tried;
            }
            catch (HttpRequestException exception) when (exception.StatusCode == HttpStatusCode.BadGateway)
            {
                await Task.Delay(250);
            }
        }
    }

    private static Task<ChildProcess> StartTargetAsync(string url) =>
        ChildProcess.StartAsync(Places.Self, $"target --port {new Uri(url).Port}", $"{url}/count");

    private static string Url() => $"http://127.0.0.1:{ChildProcess.FreePort()}";

    private static void Say(string text) => Console.Error.WriteLine($"{TimeProvider.System.GetLocalNow():HH:mm:ss} {text}");
}
