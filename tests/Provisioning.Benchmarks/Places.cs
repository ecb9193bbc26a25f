using System.Reflection;

namespace Provisioning.Benchmarks;

/// <summary>Folders that the build wrote into this assembly.</summary>
internal static class Places
{
    /// <summary>The host that is measured: the one of this build, or another one, to compare with.</summary>
    public static string Host => Environment.GetEnvironmentVariable("HOST_DLL") ?? Path.Combine(Metadata("HostFolder"), "provisioning.dll");

    public static string CsvPlugin => Metadata("CsvPluginFolder");

    public static string Results => Metadata("ResultsFolder");

    public static string Self => typeof(Places).Assembly.Location;

    private static string Metadata(string key) => Path.GetFullPath(
        typeof(Places).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(x => x.Key == key).Value!);
}
