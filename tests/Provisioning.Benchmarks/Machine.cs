using System.Globalization;
using System.Runtime.InteropServices;

namespace Provisioning.Benchmarks;

/// <summary>What a reader must know of the machine to judge a figure.</summary>
internal static class Machine
{
    public static string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Processor()}, {Environment.ProcessorCount} cores; {RuntimeInformation.OSDescription}; {RuntimeInformation.FrameworkDescription}; load average at the start {Load()}");

    private static string Processor() => FirstValue("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString();

    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static string? FirstValue(string file, string name) => !File.Exists(file)
        ? null
        : File.ReadLines(file).FirstOrDefault(x => x.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim();
}
