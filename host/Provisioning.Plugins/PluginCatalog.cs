using Microsoft.Extensions.Logging;
using Provisioning.Connectors;

namespace Provisioning.Plugins;

/// <summary>All plugins of the plugins folder. A bad one is listed with its reason and stops nobody else.</summary>
public sealed class PluginCatalog(string pluginsFolder, string privateFolder, ILogger logger, TimeProvider time) : IPluginCatalog, IAsyncDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(2);

    private readonly string _privateFolder = Path.GetFullPath(privateFolder);
    private readonly Lock _lock = new();
    private readonly List<WeakReference> _retired = [];
    private Dictionary<string, string> _seen = [];
    private volatile IReadOnlyDictionary<string, PluginSlot> _slots = new Dictionary<string, PluginSlot>();
    private ITimer? _timer;
    private bool _cleaned;
    private bool _disposed;

    public event Action? Changed;

    public IReadOnlyList<PluginStatus> Plugins => [.. _slots.Values.Select(x => x.Status)];

    /// <summary>Replaced or removed plugins whose code is in memory still. Growing: a plugin does not unload, restart the host some day.</summary>
    public int NotCollected
    {
        get
        {
            lock (_lock)
                return _retired.Count(x => x.IsAlive);
        }
    }

    public IConnectorFactory? FindFactory(string connectorName)
    {
        foreach (var slot in _slots.Values)
            if (slot.Running?.Factories.TryGetValue(connectorName, out var factory) == true)
                return factory;
        return null;
    }

    /// <summary>Begins to watch the folder.</summary>
    public void Start() => _timer ??= time.CreateTimer(_ => Poll(), null, PollInterval, PollInterval);

    /// <summary>Takes the folder as it is now.</summary>
    public void Refresh()
    {
        bool changed;
        lock (_lock)
            changed = !_disposed && Take(Scan());
        if (changed)
            Changed?.Invoke();
    }

    public async ValueTask DisposeAsync()
    {
        if (_timer is not null)
            await _timer.DisposeAsync();
        lock (_lock)
        {
            _disposed = true;
            foreach (var slot in _slots.Values)
                slot.Running?.Retire();
            _slots = new Dictionary<string, PluginSlot>();
        }
    }

    private void Poll()
    {
        try
        {
            lock (_lock)
            {
                // A folder that is being copied looks different at every poll: wait until it holds still.
                var now = Scan();
                var still = now.Count == _seen.Count && now.All(x => _seen.GetValueOrDefault(x.Key) == x.Value);
                _seen = now;
                if (!still || (now.Count == _slots.Count && now.All(x => _slots.GetValueOrDefault(x.Key)?.Hash == x.Value)))
                    return;
            }

            Refresh();
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "the plugins folder '{Folder}' could not be read", pluginsFolder);
        }
    }

    // Folder name to content hash. A folder that cannot be read has its reason as hash, so that it is listed and tried again.
    private Dictionary<string, string> Scan()
    {
        string[] folders = Directory.Exists(pluginsFolder) ? Directory.GetDirectories(pluginsFolder) : [];
        return folders.Order(StringComparer.Ordinal).Where(x => !Path.GetFileName(x).StartsWith('.')).ToDictionary(x => Path.GetFileName(x), HashOrReason);
    }

    private static string HashOrReason(string folder)
    {
        try
        {
            return PluginFiles.Read(folder).Hash;
        }
        catch (Exception exception)
        {
            return exception.Message;
        }
    }

    private bool Take(Dictionary<string, string> now)
    {
        var old = _slots;
        if (old.Count == now.Count && now.All(x => old.GetValueOrDefault(x.Key)?.Hash == x.Value))
            return false;

        // Removed folders first: what they delivered is free for others.
        var next = new Dictionary<string, PluginSlot>(StringComparer.Ordinal);
        foreach (var (folder, hash) in now)
        {
            var before = old.GetValueOrDefault(folder);
            var settled = before is { Status: { State: PluginState.Ready, Reason: null } } && before.Hash == hash;
            next[folder] = settled ? before! : new PluginSlot(hash, Unread(folder), before?.Running);
        }

        foreach (var folder in now.Keys.Where(x => next[x] != old.GetValueOrDefault(x)))
        {
            next[folder] = Load(folder, next[folder], next);
            Report(next[folder].Status);
        }

        foreach (var gone in old.Keys.Where(x => !now.ContainsKey(x)))
            logger.LogWarning("plugin '{Plugin}' was removed; what needs its connectors waits", old[gone].Status.Id);

        _slots = next;
        _seen = now;
        RetireAllBut(next, old);
        return true;
    }

    private PluginSlot Load(string name, PluginSlot slot, Dictionary<string, PluginSlot> all)
    {
        var folder = Path.Combine(pluginsFolder, name);
        var status = slot.Status;
        try
        {
            var files = PluginFiles.Read(folder);
            var manifest = PluginSteps.ReadManifest(folder);
            status = status with { Id = manifest.Id, Version = manifest.Version, Connectors = manifest.Connectors };
            PluginSteps.CheckContract(manifest);
            PluginSteps.CheckFiles(manifest, files);
            CheckUnique(name, manifest, all);
            var copy = PrivateCopy.Make(folder, files, manifest, _privateFolder);
            ReferenceCheck.Run(copy, manifest.EntryAssembly);
            if (slot.Running?.Folder == copy)
                return new(files.Hash, status with { State = PluginState.Ready, Reason = null }, slot.Running);
            return new(files.Hash, status with { State = PluginState.Ready, Reason = null }, LoadedPlugin.Load(manifest, copy));
        }
        catch (Exception exception)
        {
            var state = (exception as PluginRefusedException)?.State ?? PluginState.LoadFailed;
            var reason = slot.Running is null
                ? exception.Message
                : $"{exception.Message} (version {slot.Running.Manifest.Version}, loaded before, keeps running)";
            return slot with { Status = status with { State = state, Reason = reason } };
        }
    }

    private static void CheckUnique(string name, PluginManifest manifest, Dictionary<string, PluginSlot> all)
    {
        foreach (var (folder, running) in all.Where(x => x.Key != name && x.Value.Running is not null).Select(x => (x.Key, x.Value.Running!)))
        {
            if (running.Manifest.Id == manifest.Id)
                throw new PluginRefusedException(PluginState.Invalid, $"the folder '{folder}' has a plugin with id '{manifest.Id}' already");
            if (manifest.Connectors.FirstOrDefault(running.Factories.ContainsKey) is { } twice)
                throw new PluginRefusedException(
                    PluginState.Invalid, $"connector '{twice}' is delivered by plugin '{running.Manifest.Id}' already; remove one of them");
        }
    }

    private void RetireAllBut(Dictionary<string, PluginSlot> next, IReadOnlyDictionary<string, PluginSlot> old)
    {
        foreach (var plugin in old.Values.Select(x => x.Running).OfType<LoadedPlugin>().Where(x => next.Values.All(y => y.Running != x)))
        {
            _retired.Add(plugin.Context);
            plugin.Retire();
        }

        _retired.RemoveAll(x => !x.IsAlive);

        // At the first look only: what a former run left. Later a retired plugin may need its files still.
        if (!_cleaned)
            PrivateCopy.Clean(_privateFolder, next.Values.Select(x => x.Running?.Folder).OfType<string>().ToHashSet());
        _cleaned = true;
    }

    private static PluginStatus Unread(string folder) => new(folder, folder, null, PluginState.Invalid, null, []);

    private void Report(PluginStatus status)
    {
        if (status.State == PluginState.Ready)
            logger.LogInformation("plugin '{Plugin}' {Version} is ready: {Connectors}", status.Id, status.Version, string.Join(", ", status.Connectors));
        else
            logger.LogError("plugin '{Plugin}' in folder '{Folder}' is {State}: {Reason}", status.Id, status.Folder, status.State, status.Reason);
    }
}
