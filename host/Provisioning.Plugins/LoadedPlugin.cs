using McMaster.NETCore.Plugins;
using Microsoft.Extensions.Logging;
using Provisioning.Connectors;
using Provisioning.Plugins.Calls;

namespace Provisioning.Plugins;

/// <summary>A plugin's running code; unloaded when it is retired and nobody holds it any more.</summary>
internal sealed class LoadedPlugin
{
    private readonly Lock _lock = new();
    private PluginLoader? _loader;
    private int _holds;
    private bool _retired;

    private LoadedPlugin(VerifiedPlugin verified, string folder, PluginLoader loader, TimeProvider time)
    {
        Verified = verified;
        Folder = folder;
        Health = new(time);
        _loader = loader;
        Context = new WeakReference(loader.LoadContext);
    }

    public VerifiedPlugin Verified { get; }

    public PluginManifest Manifest => Verified.Manifest;

    public string Folder { get; }

    public PluginHealth Health { get; }

    public IReadOnlyDictionary<string, HeldFactory> Factories { get; private set; } = new Dictionary<string, HeldFactory>();

    /// <summary>Alive as long as the code is in memory; unloading is cooperative, so it may stay.</summary>
    public WeakReference Context { get; }

    /// <summary>The connectors that are still in use.</summary>
    public int Holds
    {
        get
        {
            lock (_lock)
                return _holds;
        }
    }

    /// <summary>Loads the code from a private copy of the verified files.</summary>
    public static LoadedPlugin Load(VerifiedPlugin verified, string folder, ILogger logger, TimeProvider time)
    {
        // Only the contract is shared; every other library is the plugin's own.
        var loader = PluginLoader.CreateFromAssemblyFile(
            Path.Combine(folder, verified.Manifest.EntryAssembly), isUnloadable: true, sharedTypes: [typeof(IConnector)]);
        var plugin = new LoadedPlugin(verified, folder, loader, time);
        try
        {
            plugin.Factories = FactoryFinder.Find(loader.LoadDefaultAssembly(), plugin.Manifest)
                .ToDictionary(x => x.Key, x => new HeldFactory(plugin, x.Value, logger, time), StringComparer.Ordinal);
            return plugin;
        }
        catch (Exception exception)
        {
            plugin.Retire();
            throw exception as PluginRefusedException ?? new PluginRefusedException(PluginState.LoadFailed, FactoryFinder.Describe(exception));
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
}
