using Microsoft.Extensions.Logging;
using Provisioning.Connectors;

namespace Provisioning.Plugins;

/// <summary>All plugins of the plugins folder. A bad one is listed with its reason and stops nobody else.</summary>
public sealed class PluginCatalog(string pluginsFolder, string privateFolder, PluginTrust trust, ILogger logger, TimeProvider time)
    : IPluginCatalog, IAsyncDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(2);

    private readonly string _privateFolder = Path.GetFullPath(privateFolder);
    private readonly Lock _lock = new();
    private readonly RetiredPlugins _retired = new(logger, time);
    private Dictionary<string, string> _seen = [];
    private volatile PluginSlots _slots = PluginSlots.None;
    private ITimer? _timer;
    private bool _cleaned;
    private bool _disposed;

    public event Action? Changed;

    public IReadOnlyList<PluginStatus> Plugins => [.. _slots.ByFolder.Values.Select(x => x.Current)];

    /// <summary>Replaced or removed plugins whose connectors are still at work.</summary>
    public int Draining => _retired.Draining;

    /// <summary>Replaced or removed plugins whose code is in memory still, though nothing uses it.</summary>
    public int NotCollected => _retired.NotCollected;

    /// <summary>Those of them that were found not to leave memory at all, since the start. Growing: restart the host some day.</summary>
    public int Leaked => _retired.Leaked;

    public IConnectorFactory? FindFactory(string connectorName)
    {
        while (true)
        {
            var slots = _slots;
            if (slots.Find(connectorName) is { } found)
                return found;

            // Those that were looked at may have been replaced and emptied meanwhile.
            if (slots == _slots)
                return null;
        }
    }

    /// <summary>Begins to watch the folder.</summary>
    public void Start() => _timer ??= time.CreateTimer(_ => Poll(), null, PollInterval, PollInterval);

    /// <summary>Takes the folder as it is now.</summary>
    public void Refresh()
    {
        bool changed;
        lock (_lock)
            changed = !_disposed && Take(PluginFolderScan.Run(pluginsFolder));
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
            foreach (var plugin in _slots.Running)
                plugin.Retire();
            _slots = PluginSlots.None;
        }
    }

    private void Poll()
    {
        try
        {
            _retired.Look();
            lock (_lock)
            {
                // A folder that is being copied looks different at every poll: wait until it holds still.
                var now = PluginFolderScan.Run(pluginsFolder);
                var still = now.Count == _seen.Count && now.All(x => _seen.GetValueOrDefault(x.Key) == x.Value);
                _seen = now;
                if (!still || _slots.Fits(now))
                    return;
            }

            Refresh();
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "the plugins folder '{Folder}' could not be read", pluginsFolder);
        }
    }

    private bool Take(Dictionary<string, string> now)
    {
        var before = _slots;
        if (before.Fits(now))
            return false;

        // Removed folders first: what they delivered is free for others.
        var old = before.ByFolder;
        var next = new Dictionary<string, PluginSlot>(StringComparer.Ordinal);
        foreach (var (folder, hash) in now)
        {
            var slot = old.GetValueOrDefault(folder);
            var settled = slot is { Status: { State: PluginState.Ready, Reason: null } } && slot.Hash == hash;
            next[folder] = settled ? slot! : new PluginSlot(hash, Unread(folder), slot?.Running);
        }

        foreach (var folder in now.Keys.Where(x => next[x] != old.GetValueOrDefault(x)))
        {
            next[folder] = Load(folder, next[folder], next);
            Report(next[folder].Status);
        }

        foreach (var gone in old.Keys.Where(x => !now.ContainsKey(x)))
            logger.LogWarning(
                "plugin '{Plugin}' was removed: connectors of it that run now go on until their settings change or the host restarts; what needs a new one waits",
                old[gone].Status.Id);

        _slots = new PluginSlots(next);
        _seen = now;
        Retire(before.Running.Except(_slots.Running));
        return true;
    }

    private PluginSlot Load(string name, PluginSlot slot, Dictionary<string, PluginSlot> all)
    {
        var folder = Path.Combine(pluginsFolder, name);
        var status = slot.Status;
        try
        {
            var verified = PluginVerifier.Verify(
                folder, trust, x => status = status with { Id = x.Id, Version = x.Version, Connectors = x.Connectors });
            PluginSlots.CheckUnique(name, verified.Manifest, all);
            var copy = PrivateCopy.Make(folder, verified.Files, verified.Manifest, _privateFolder);
            status = status with { State = PluginState.Ready, Reason = null, SignedBy = verified.SignedBy };
            return new(verified.Files.Hash, status, slot.Running?.Folder == copy ? slot.Running : LoadedPlugin.Load(verified, copy, logger, time));
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

    private void Retire(IEnumerable<LoadedPlugin> plugins)
    {
        foreach (var plugin in plugins)
            _retired.Add(plugin);

        // At the first look only: what a former run left. Later a retired plugin may need its files still.
        if (!_cleaned)
            PrivateCopy.Clean(_privateFolder, _slots.Running.Select(x => x.Folder).ToHashSet());
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
