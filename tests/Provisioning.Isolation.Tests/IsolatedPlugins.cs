using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging.Abstractions;
using Provisioning.Connectors;
using Provisioning.Plugins;
using Provisioning.Plugins.Isolation;

namespace Provisioning.Isolation.Tests;

/// <summary>Plugins as the host lays them out, whose connectors run in processes of the host's executable.</summary>
internal sealed class IsolatedPlugins : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new SecretReader() } };

    // The processes inherit it: each lives for a moment, does little but compile, and need not compile anything twice.
    static IsolatedPlugins()
    {
        Environment.SetEnvironmentVariable("DOTNET_TC_CallCounting", "0");
        Environment.SetEnvironmentVariable("DOTNET_EnableWriteXorExecute", "0");
    }

    private readonly string _root = Directory.CreateTempSubdirectory("isolation-").FullName;
    private readonly PluginCatalog _catalog;

    public IsolatedPlugins(params string[] shipped)
    {
        foreach (var name in shipped)
            Copy(Path.Combine(Folder("HostFolder"), "plugins", name), Path.Combine(_root, "plugins", name));
        Copy(Folder("FixtureFolder"), Path.Combine(_root, "plugins", "null"));
        File.WriteAllText(
            Path.Combine(_root, "plugins", "null", "plugin.json"),
            """{ "id": "null", "version": "1.0.0", "contract": "1.0", "entryAssembly": "Provisioning.Plugins.Tests.Fixture.dll", "connectors": ["null"] }""");
        _catalog = new PluginCatalog(Path.Combine(_root, "plugins"), Path.Combine(_root, "data"), PluginTrust.Anyone, NullLogger.Instance, TimeProvider.System);
        _catalog.Refresh();
        Assert.All(_catalog.Plugins, x => Assert.Equal((PluginState.Ready, null), (x.State, x.Reason)));
    }

    public string Data => _root;

    public PluginStatus Status(string id) => _catalog.Plugins.Single(x => x.Id == id);

    public IConnector Open(string connector, string settings, ChildLauncher? launcher = null)
    {
        var factory = (IIsolatedConnectorFactory)_catalog.FindFactory(connector)!;
        return factory.CreateIsolated(
            JsonSerializer.Deserialize(settings, factory.SettingsType, Options)!, new ConnectorContext("isolated", _root, TimeProvider.System), launcher ?? Host);
    }

    public async ValueTask DisposeAsync()
    {
        await _catalog.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    private static ChildLauncher Host => new("dotnet", [Path.Combine(Folder("HostFolder"), "provisioning.dll"), ChildLauncher.Command]);

    private static string Folder(string key) => Path.GetFullPath(
        typeof(IsolatedPlugins).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(x => x.Key == key).Value!);

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private sealed class SecretReader : JsonConverter<Secret>
    {
        public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) => writer.WriteStringValue("***");
    }
}
