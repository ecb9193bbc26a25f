using System.Diagnostics;
using System.Globalization;
using Provisioning.Benchmarks.Flow;

namespace Provisioning.Benchmarks.Backlog;

/// <summary>What single callers see, one after the other: median, and the slowest of twenty and of a hundred.</summary>
internal sealed record Latency(double Median, double P95, double P99)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Median:F1} / {P95:F1} / {P99:F1}");

    /// <summary>From the request to its answer, in milliseconds.</summary>
    public static Task<Latency> OfAnswersAsync(HttpClient client, string prefix, int count) => OfAsync(count, async i =>
    {
        var sent = Stopwatch.GetTimestamp();
        await Load.PostAsync(client, $"{prefix}{i}", CancellationToken.None);
        return Stopwatch.GetElapsedTime(sent);
    });

    /// <summary>From the request to the arrival of the account at the target, in milliseconds.</summary>
    public static Task<Latency> OfArrivalsAsync(HttpClient client, HttpClient target, string prefix, int count) => OfAsync(count, async i =>
    {
        var sent = Stopwatch.GetTimestamp();
        await Load.PostAsync(client, $"{prefix}{i}", CancellationToken.None);
        long arrival;
        while ((arrival = long.Parse(await target.GetStringAsync($"/arrival/{prefix}{i}"), CultureInfo.InvariantCulture)) == 0)
            await Task.Delay(1);
        return Stopwatch.GetElapsedTime(sent, arrival);
    });

    private static async Task<Latency> OfAsync(int count, Func<int, Task<TimeSpan>> measure)
    {
        var times = new double[count];
        for (var i = 0; i < count; i++)
            times[i] = (await measure(i)).TotalMilliseconds;
        Array.Sort(times);
        return new Latency(times[count / 2], times[count * 95 / 100], times[count * 99 / 100]);
    }
}
