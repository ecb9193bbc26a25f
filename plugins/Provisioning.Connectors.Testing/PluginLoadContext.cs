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
        var beside = Path.Combine(_folder, assemblyName.Name + ".dll");
        return File.Exists(beside) ? LoadFromAssemblyPath(beside) : null;
    }
}
