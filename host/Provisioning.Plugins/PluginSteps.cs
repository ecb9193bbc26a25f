using Provisioning.Connectors;

namespace Provisioning.Plugins;

/// <summary>The checks between finding a folder and loading its code.</summary>
internal static class PluginSteps
{
    public static readonly string SharedAssembly = typeof(IConnector).Assembly.GetName().Name!;

    public static PluginManifest ReadManifest(string folder)
    {
        var file = Path.Combine(folder, PluginManifest.FileName);
        if (!File.Exists(file))
            throw new PluginRefusedException(PluginState.Invalid, $"has no '{PluginManifest.FileName}'");
        return PluginManifest.Parse(File.ReadAllText(file), out var problems)
            ?? throw new PluginRefusedException(PluginState.Invalid, $"{PluginManifest.FileName}: {string.Join("; ", problems)}");
    }

    public static void CheckContract(PluginManifest manifest)
    {
        if (!PluginContract.Host.CanServe(manifest.Contract))
            throw new PluginRefusedException(
                PluginState.IncompatibleContract,
                $"is made for contract '{manifest.Contract}' and this host has '{PluginContract.Host}'; install a version for {PluginContract.Host.Major}.x");
    }

    public static void CheckFiles(PluginManifest manifest, PluginFiles files)
    {
        if (!files.Hashes.ContainsKey(manifest.EntryAssembly))
            throw new PluginRefusedException(PluginState.Invalid, $"the entry assembly '{manifest.EntryAssembly}' is not in the folder");
        if (files.Hashes.Keys.FirstOrDefault(x => Path.GetFileName(x).Equals(SharedAssembly + ".dll", StringComparison.OrdinalIgnoreCase)) is { } shared)
            throw new PluginRefusedException(
                PluginState.Invalid,
                $"ships '{shared}', which the host provides; reference it with Private=\"false\" ExcludeAssets=\"runtime\" and delete the file");
        if (manifest.Files is null)
            return;

        var problems = manifest.Files.Where(x => !files.Hashes.ContainsKey(x.Key)).Select(x => $"'{x.Key}' is missing")
            .Concat(manifest.Files
                .Where(x => files.Hashes.TryGetValue(x.Key, out var actual) && !actual.Equals(x.Value, StringComparison.OrdinalIgnoreCase))
                .Select(x => $"'{x.Key}' has another content than listed"))
            .Concat(files.Hashes.Keys.Where(x => x != PluginManifest.FileName && !manifest.Files.ContainsKey(x)).Select(x => $"'{x}' is not listed"))
            .ToList();
        if (problems.Count > 0)
            throw new PluginRefusedException(PluginState.Tampered, $"{string.Join("; ", problems)}; install the plugin again");
    }
}
