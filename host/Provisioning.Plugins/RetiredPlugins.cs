using Microsoft.Extensions.Logging;

namespace Provisioning.Plugins;

/// <summary>
/// Watches replaced and removed plugins until their code has left memory: first they drain, then they are unloaded, then the
/// collector must take them. One that stays is counted and reported once.
/// </summary>
internal sealed class RetiredPlugins(ILogger logger, TimeProvider time)
{
    private static readonly TimeSpan LongDrain = TimeSpan.FromMinutes(10);

    // Collecting is forced only so often: it stops every thread, and what survives three times is held by somebody.
    private const int Collections = 3;

    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];

    /// <summary>Plugins whose connectors are still at work.</summary>
    public int Draining => Count(x => x.Plugin is not null);

    /// <summary>Plugins that were unloaded and whose code is in memory still.</summary>
    public int NotCollected => Count(x => x.Plugin is null && x.Context.IsAlive);

    /// <summary>Plugins that were found not to leave memory, since the start.</summary>
    public int Leaked { get; private set; }

    public void Add(LoadedPlugin plugin)
    {
        lock (_lock)
            _entries.Add(new($"'{plugin.Manifest.Id}' {plugin.Manifest.Version}", plugin, plugin.Context, time.GetUtcNow()));
        plugin.Retire();
    }

    /// <summary>Looks after them; called now and then.</summary>
    public void Look()
    {
        bool collect;
        lock (_lock)
        {
            foreach (var entry in _entries)
                LetGo(entry);
            _entries.RemoveAll(x => x.Plugin is null && !x.Context.IsAlive);
            collect = _entries.Exists(x => x.Plugin is null && x.Collections < Collections);
        }

        if (!collect)
            return;
        FrameworkCaches.Clear();
        GC.Collect();
        lock (_lock)
        {
            foreach (var entry in _entries.Where(x => x.Plugin is null && ++x.Collections == Collections && x.Context.IsAlive))
            {
                Leaked++;
                logger.LogWarning(
                    "plugin {Plugin} was unloaded and does not leave memory: about 2 MB stay with every such swap ({Leaked} so far). Restart the host "
                    + "when convenient, or run the plugin in a process of its own", entry.Name, Leaked);
            }
        }
    }

    // Only a weak reference is kept once it is unloaded: this list must not be what keeps it.
    private void LetGo(Entry entry)
    {
        if (entry.Plugin is not { } plugin)
            return;
        if (plugin.Holds == 0)
        {
            entry.Plugin = null;
        }
        else if (!entry.Reported && time.GetUtcNow() - entry.Since > LongDrain)
        {
            entry.Reported = true;
            logger.LogWarning("plugin {Plugin} was replaced and {Count} of its connectors are still at work", entry.Name, plugin.Holds);
        }
    }

    private int Count(Func<Entry, bool> which)
    {
        lock (_lock)
        {
            foreach (var entry in _entries)
                LetGo(entry);
            return _entries.Count(which);
        }
    }

    private sealed class Entry(string name, LoadedPlugin plugin, WeakReference context, DateTimeOffset since)
    {
        public string Name => name;

        public LoadedPlugin? Plugin { get; set; } = plugin;

        public WeakReference Context => context;

        public DateTimeOffset Since => since;

        public bool Reported { get; set; }

        public int Collections { get; set; }
    }
}
