using System.Reflection;
using McMaster.NETCore.Plugins;
using Provisioning.Connectors;

namespace Provisioning.Plugins;

/// <summary>A plugin's running code; unloaded when it is retired and nobody holds it any more.</summary>
internal sealed class LoadedPlugin
{
    private readonly Lock _lock = new();
    private PluginLoader? _loader;
    private int _holds;
    private bool _retired;

    private LoadedPlugin(PluginManifest manifest, string folder, PluginLoader loader)
    {
        Manifest = manifest;
        Folder = folder;
        _loader = loader;
        Context = new WeakReference(loader.LoadContext);
    }

    public PluginManifest Manifest { get; }

    public string Folder { get; }

    public IReadOnlyDictionary<string, HeldFactory> Factories { get; private set; } = new Dictionary<string, HeldFactory>();

    /// <summary>Alive as long as the code is in memory; unloading is cooperative, so it may stay.</summary>
    public WeakReference Context { get; }

    public static LoadedPlugin Load(PluginManifest manifest, string folder)
    {
        // Only the contract is shared; every other library is the plugin's own.
        var loader = PluginLoader.CreateFromAssemblyFile(
            Path.Combine(folder, manifest.EntryAssembly), isUnloadable: true, sharedTypes: [typeof(IConnector)]);
        var plugin = new LoadedPlugin(manifest, folder, loader);
        try
        {
            plugin.Factories = plugin.FindFactories(loader.LoadDefaultAssembly());
            return plugin;
        }
        catch (Exception exception)
        {
            plugin.Retire();
            throw exception as PluginRefusedException ?? new PluginRefusedException(PluginState.LoadFailed, Describe(exception));
        }
    }

    public IDisposable? Hold()
    {
        lock (_lock)
        {
            if (_loader is null)
                return null;
            _holds++;
            return new PluginHold(Release);
        }
    }

    public void Retire()
    {
        lock (_lock)
        {
            _retired = true;
            UnloadIfFree();
        }
    }

    private void Release()
    {
        lock (_lock)
        {
            _holds--;
            UnloadIfFree();
        }
    }

    private void UnloadIfFree()
    {
        if (!_retired || _holds > 0)
            return;
        _loader?.Dispose();
        _loader = null;
        Factories = new Dictionary<string, HeldFactory>();
    }

    private Dictionary<string, HeldFactory> FindFactories(Assembly assembly)
    {
        var found = new Dictionary<string, HeldFactory>(StringComparer.Ordinal);
        foreach (var type in assembly.GetExportedTypes().Where(x => x.IsClass && !x.IsAbstract && x.IsAssignableTo(typeof(IConnectorFactory))))
        {
            if (type.GetConstructor(Type.EmptyTypes) is null)
                throw new PluginRefusedException(PluginState.LoadFailed, $"'{type.FullName}' has no public constructor without parameters");
            var factory = (IConnectorFactory)Activator.CreateInstance(type)!;
            if (!found.TryAdd(factory.Name, new HeldFactory(this, factory)))
                throw new PluginRefusedException(PluginState.LoadFailed, $"two classes deliver connector '{factory.Name}'");
        }

        if (Manifest.Connectors.FirstOrDefault(x => !found.ContainsKey(x)) is { } missing)
            throw new PluginRefusedException(
                PluginState.LoadFailed, $"plugin.json declares connector '{missing}' and no public class of '{Manifest.EntryAssembly}' delivers it");
        if (found.Keys.FirstOrDefault(x => !Manifest.Connectors.Contains(x)) is { } undeclared)
            throw new PluginRefusedException(PluginState.LoadFailed, $"delivers connector '{undeclared}', which plugin.json does not declare");
        return found;
    }

    private static string Describe(Exception exception) => exception switch
    {
        TargetInvocationException { InnerException: { } inner } => $"its constructor failed: {inner.GetType().Name}: {inner.Message}",
        TypeLoadException or FileNotFoundException or MissingMethodException =>
            $"does not fit this host or lacks a library: {exception.Message}",
        _ => $"{exception.GetType().Name}: {exception.Message}",
    };
}
