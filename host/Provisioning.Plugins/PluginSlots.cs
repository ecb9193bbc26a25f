using Provisioning.Connectors;

namespace Provisioning.Plugins;

/// <summary>All folders with what runs for them, at one moment; replaced whole.</summary>
internal sealed class PluginSlots(IReadOnlyDictionary<string, PluginSlot> byFolder)
{
    public static readonly PluginSlots None = new(new Dictionary<string, PluginSlot>());

    public IReadOnlyDictionary<string, PluginSlot> ByFolder { get; } = byFolder;

    public IEnumerable<LoadedPlugin> Running => ByFolder.Values.Select(x => x.Running).OfType<LoadedPlugin>();

    public bool Fits(Dictionary<string, string> scan) =>
        ByFolder.Count == scan.Count && scan.All(x => ByFolder.GetValueOrDefault(x.Key)?.Hash == x.Value);

    /// <summary>The factory for <c>name</c>, of the newest version there is, or for <c>name@version</c>, of exactly that one.</summary>
    public IConnectorFactory? Find(string connector)
    {
        var at = connector.IndexOf('@', StringComparison.Ordinal);
        var name = at < 0 ? connector : connector[..at];
        return Running
            .Where(x => at < 0 || x.Manifest.Version == connector[(at + 1)..])
            .Select(x => (x.Manifest.Version, Factory: x.Factories.GetValueOrDefault(name)))
            .Where(x => x.Factory is not null)
            .OrderByDescending(x => PluginVersion.Parse(x.Version))
            .FirstOrDefault().Factory;
    }

    /// <summary>Two versions of one plugin may run side by side; two plugins must not deliver the same connector.</summary>
    public static void CheckUnique(string folder, PluginManifest manifest, IReadOnlyDictionary<string, PluginSlot> all)
    {
        foreach (var (other, running) in all.Where(x => x.Key != folder && x.Value.Running is not null).Select(x => (x.Key, x.Value.Running!)))
        {
            if (running.Manifest.Id == manifest.Id)
            {
                if (running.Manifest.Version == manifest.Version)
                    throw Refused($"the folder '{other}' has version '{manifest.Version}' of plugin '{manifest.Id}' already");
            }
            else if (manifest.Connectors.FirstOrDefault(running.Factories.ContainsKey) is { } twice)
            {
                throw Refused($"connector '{twice}' is delivered by plugin '{running.Manifest.Id}' already; remove one of them");
            }
        }
    }

    private static PluginRefusedException Refused(string reason) => new(PluginState.Invalid, reason);
}
