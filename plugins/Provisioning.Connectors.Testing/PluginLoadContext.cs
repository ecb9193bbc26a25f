using System.Reflection;
using System.Runtime.Loader;

namespace Provisioning.Connectors.Testing;

/// <summary>Loads an assembly and what lies beside it apart from everything else; only the contract and the framework are shared.</summary>
internal sealed class PluginLoadContext(string assembly) : AssemblyLoadContext("plugin under test", isCollectible: true)
{
    private readonly string _folder = Path.GetDirectoryName(assembly)!;

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == typeof(IConnector).Assembly.GetName().Name)
            return null;
        var file = assemblyName.Name + ".dll";
        var found = ForThisSystem(file) ?? Path.Combine(_folder, file);
        return File.Exists(found) ? LoadFromAssemblyPath(found) : null;
    }

    // A package with code of its own for each system lays it out below 'runtimes'; what is beside says only that it cannot run.
    private string? ForThisSystem(string file)
    {
        var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        var libraries = Path.Combine(_folder, "runtimes", system, "lib");
        return Directory.Exists(libraries) ? Directory.EnumerateFiles(libraries, file, SearchOption.AllDirectories).FirstOrDefault() : null;
    }
}
