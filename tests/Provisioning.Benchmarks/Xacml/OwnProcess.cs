using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace Provisioning.Benchmarks.Xacml;

/// <summary>Measures a workload in a process of its own. A host has one set of policies, and the runtime compiles the engine for what it sees of them:
/// measured behind other workloads, one with many kinds of expressions is up to a third slower.</summary>
internal static class OwnProcess
{
    /// <summary>The line of the table for a workload.</summary>
    public static string Measure(Workload workload, string folder, int seconds)
    {
        var program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet") start.ArgumentList.Add(Assembly.GetEntryAssembly()!.Location);
        foreach (var argument in (string[])["xacml", "--workloads", folder, "--seconds", seconds.ToString(CultureInfo.InvariantCulture), "--row", workload.Name])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var line = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? line : throw new InvalidOperationException($"{workload.Name} could not be measured");
    }

    /// <summary>A figure in a line of the table, without what stands in brackets behind it.</summary>
    public static double Figure(string line, int column) =>
        double.Parse(line.Split('|')[column].Trim().Split(' ')[0], NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
