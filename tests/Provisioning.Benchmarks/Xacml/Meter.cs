using System.Diagnostics;
using System.Runtime;

namespace Provisioning.Benchmarks.Xacml;

/// <summary>How fast something goes.</summary>
/// <param name="PerSecond">How often it was done in a second, by all threads together.</param>
/// <param name="PerCpuSecond">How often it was done in a second of processor time: the figure to compare when others use the machine too.</param>
/// <param name="Bytes">What it allocated each time.</param>
internal readonly record struct Rate(double PerSecond, double PerCpuSecond, double Bytes);

/// <summary>Does something again and again, and counts. Others use the machine too, so that the best of several rounds is the one that says most.</summary>
internal static class Meter
{
    private const int Rounds = 20;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(20);

    public static Rate Best(TimeSpan time, int threads, int count, Action<int> action)
    {
        WarmUp(threads, count, action);
        var best = default(Rate);
        for (var round = 0; round < Rounds; round++)
        {
            var rate = Run(time / Rounds, threads, count, action);
            if (rate.PerCpuSecond > best.PerCpuSecond) best = rate with { PerSecond = Math.Max(rate.PerSecond, best.PerSecond) };
            else if (rate.PerSecond > best.PerSecond) best = best with { PerSecond = rate.PerSecond };
        }

        return best;
    }

    // The runtime compiles hot methods again, better, behind the scenes, and on a busy machine late: what is measured is what it ends with.
    private static void WarmUp(int threads, int count, Action<int> action)
    {
        var (clock, last, compiled) = (Stopwatch.StartNew(), TimeSpan.Zero, -1L);
        while (clock.Elapsed - last < Quiet && clock.Elapsed < LongestWarmUp)
        {
            Run(Quiet / 10, threads, count, action);
            var now = JitInfo.GetCompiledMethodCount();
            if (now == compiled) continue;
            (compiled, last) = (now, clock.Elapsed);
        }
    }

    private static Rate Run(TimeSpan time, int threads, int count, Action<int> action)
    {
        var done = new long[threads];
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var processor = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        var workers = Enumerable.Range(0, threads).Select(worker => new Thread(() => done[worker] = Loop(clock, time, count, action))).ToList();
        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());
        var elapsed = clock.Elapsed.TotalSeconds;
        var total = done.Sum();
        return new(total / elapsed, total / (Environment.CpuUsage.TotalTime - processor).TotalSeconds, (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / total);
    }

    private static long Loop(Stopwatch clock, TimeSpan time, int count, Action<int> action)
    {
        var done = 0L;
        while (clock.Elapsed < time)
        {
            for (var i = 0; i < count; i++) action(i);
            done += count;
        }

        return done;
    }
}
