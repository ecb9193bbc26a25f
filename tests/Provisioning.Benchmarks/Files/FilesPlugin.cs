using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;
using Provisioning.Connectors;

namespace Provisioning.Benchmarks.Files;

/// <summary>A build of the plugin, loaded from its folder; the SDK is the one of this program.</summary>
internal sealed class FilesPlugin : IDisposable
{
    private readonly AssemblyLoadContext _context = new("files", isCollectible: true);
    private readonly IConnectorFactory[] _factories;

    public FilesPlugin(string folder)
    {
        var assembly = _context.LoadFromAssemblyPath(Path.Combine(folder, "Provisioning.Connectors.Csv.dll"));
        _factories = [.. assembly.GetExportedTypes().Where(type => type.IsAssignableTo(typeof(IConnectorFactory)))
            .Select(type => (IConnectorFactory)Activator.CreateInstance(type)!)];
    }

    public IConnector Open(string connector, string file)
    {
        var factory = _factories.Single(x => x.Name == connector);
        var settings = JsonSerializer.Deserialize(JsonSerializer.Serialize(new { Path = file }), factory.SettingsType)!;
        return factory.Create(settings, new ConnectorContext("benchmark", Path.GetDirectoryName(file)!, TimeProvider.System));
    }

    public void Dispose() => _context.Unload();
}
