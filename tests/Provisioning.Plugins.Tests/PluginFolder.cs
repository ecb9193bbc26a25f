using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Provisioning.Connectors;

namespace Provisioning.Plugins.Tests;

/// <summary>A plugins folder of its own for each test.</summary>
public sealed class PluginFolder : IDisposable
{
    public const string EntryAssembly = "Provisioning.Plugins.Tests.Fixture.dll";

    private readonly string _root = Directory.CreateTempSubdirectory("plugins-").FullName;

    public static string Fixture { get; } = Path.Combine(AppContext.BaseDirectory, "fixtures", "null", EntryAssembly);

    public FakeTimeProvider Time { get; } = new();

    public string Plugins => Path.Combine(_root, "plugins");

    public string Private => Path.Combine(_root, "data", "plugins");

    public PluginCatalog Catalog(PluginTrust? trust = null, TimeProvider? time = null) =>
        new(Plugins, Private, trust ?? PluginTrust.Anyone, NullLogger.Instance, time ?? Time);

    public static string Manifest(
        string id = "null", string version = "1.0.0", string contract = "1.0", string entry = EntryAssembly, string connector = "null", string files = "") =>
        $$"""{ "id": "{{id}}", "version": "{{version}}", "contract": "{{contract}}", "entryAssembly": "{{entry}}", "connectors": ["{{connector}}"]{{files}} }""";

    /// <summary>Makes the fixture's connector, which misbehaves as asked when it is called.</summary>
    public static IConnector Connect(PluginCatalog catalog, string behaviour = "", string connector = "null", string identityProvider = "x")
    {
        var factory = catalog.FindFactory(connector)!;
        var settings = Activator.CreateInstance(factory.SettingsType)!;
        factory.SettingsType.GetProperties()[0].SetValue(settings, behaviour);
        return factory.Create(settings, new ConnectorContext(identityProvider, ".", TimeProvider.System));
    }

    public OperationContext Call(TimeSpan? limit = null) =>
        new("operation", 1, Time.GetUtcNow() + (limit ?? TimeSpan.FromMinutes(1)), static _ => { });

    /// <summary>Adds a good plugin.</summary>
    public string Add(string name, string? manifest = null)
    {
        var folder = AddEmpty(name);
        File.Copy(Fixture, Path.Combine(folder, EntryAssembly));
        File.WriteAllText(Path.Combine(folder, "plugin.json"), manifest ?? Manifest());
        return folder;
    }

    /// <summary>Adds one of the fixtures that bring libraries of their own.</summary>
    public string AddLibrary(string fixture, string connector)
    {
        var source = Path.Combine(AppContext.BaseDirectory, "fixtures", fixture);
        var folder = AddEmpty(fixture);
        foreach (var file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        var entry = Directory.GetFiles(folder, "Provisioning.Plugins.Tests.*.dll").Single();
        File.WriteAllText(Path.Combine(folder, "plugin.json"), Manifest(id: fixture, entry: Path.GetFileName(entry), connector: connector));
        return folder;
    }

    public string AddEmpty(string name) => Directory.CreateDirectory(Path.Combine(Plugins, name)).FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
