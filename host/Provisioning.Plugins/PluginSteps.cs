using System.Security.Cryptography;
using System.Text;
using Provisioning.Connectors;

namespace Provisioning.Plugins;

/// <summary>The checks between finding a folder and loading its code.</summary>
internal static class PluginSteps
{
    public static readonly string SharedAssembly = typeof(IConnector).Assembly.GetName().Name!;

    private const int MostManifestBytes = 1024 * 1024;

    /// <summary>Reads the manifest and makes sure that its bytes are those that were hashed.</summary>
    public static (PluginManifest Manifest, byte[] Bytes) ReadManifest(string folder, PluginFiles files)
    {
        if (!files.Hashes.TryGetValue(PluginManifest.FileName, out var hash))
            throw new PluginRefusedException(PluginState.Invalid, $"has no '{PluginManifest.FileName}'");
        var path = Path.Combine(folder, PluginManifest.FileName);
        if (new FileInfo(path).Length > MostManifestBytes)
            throw new PluginRefusedException(PluginState.Invalid, $"{PluginManifest.FileName} is larger than 1 MiB");
        var bytes = File.ReadAllBytes(path);
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != hash)
            throw new PluginRefusedException(PluginState.Invalid, "the folder changed while it was read; it is tried again at its next change");
        var manifest = PluginManifest.Parse(Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF'), out var problems)
            ?? throw new PluginRefusedException(PluginState.Invalid, $"{PluginManifest.FileName}: {string.Join("; ", problems)}");
        return (manifest, bytes);
    }

    public static void CheckContract(PluginManifest manifest)
    {
        if (!manifest.Contract.Contains(PluginContract.Host))
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
            .Concat(files.Hashes.Keys.Where(x => !CannotBeListed(x) && !manifest.Files.ContainsKey(x)).Select(x => $"'{x}' is not listed"))
            .ToList();
        if (problems.Count > 0)
            throw new PluginRefusedException(PluginState.Tampered, $"{string.Join("; ", problems)}; install the plugin again");
    }

    /// <summary>The manifest cannot hold its own hash, nor that of a signature over itself.</summary>
    public static bool CannotBeListed(string path) => path is PluginManifest.FileName or PluginSignature.FileName;

    public static string? ReadSignature(string folder, PluginFiles files)
    {
        if (!files.Hashes.ContainsKey(PluginSignature.FileName))
            return null;
        var path = Path.Combine(folder, PluginSignature.FileName);
        return new FileInfo(path).Length <= 4096 ? File.ReadAllText(path) : "";
    }
}
