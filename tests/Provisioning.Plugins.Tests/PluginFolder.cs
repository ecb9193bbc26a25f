using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Provisioning.Plugins.Tests;

/// <summary>A plugins folder of its own for each test.</summary>
public sealed class PluginFolder : IDisposable
{
    public const string EntryAssembly = "Provisioning.Plugins.Tests.Fixture.dll";

    private readonly string _root = Directory.CreateTempSubdirectory("plugins-").FullName;

    public static string Fixture { get; } = Path.Combine(AppContext.BaseDirectory, "fixtures", EntryAssembly);

    public FakeTimeProvider Time { get; } = new();

    public string Plugins => Path.Combine(_root, "plugins");

    public string Private => Path.Combine(_root, "data", "plugins");

    public PluginCatalog Catalog() => new(Plugins, Private, NullLogger.Instance, Time);

    public static string Manifest(
        string id = "null", string version = "1.0.0", string contract = "1.0", string entry = EntryAssembly, string connector = "null", string files = "") =>
        $$"""{ "id": "{{id}}", "version": "{{version}}", "contract": "{{contract}}", "entryAssembly": "{{entry}}", "connectors": ["{{connector}}"]{{files}} }""";

    /// <summary>Adds a good plugin.</summary>
    public string Add(string name, string? manifest = null)
    {
        var folder = AddEmpty(name);
        File.Copy(Fixture, Path.Combine(folder, EntryAssembly));
        File.WriteAllText(Path.Combine(folder, "plugin.json"), manifest ?? Manifest());
        return folder;
    }

    public string AddEmpty(string name) => Directory.CreateDirectory(Path.Combine(Plugins, name)).FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
