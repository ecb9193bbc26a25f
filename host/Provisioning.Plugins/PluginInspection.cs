using Microsoft.Extensions.Logging.Abstractions;
using Provisioning.Connectors;

namespace Provisioning.Plugins;

/// <summary>One plugin folder looked at on its own, with the same checks as in a running host.</summary>
public sealed class PluginInspection : IDisposable
{
    private readonly LoadedPlugin? _loaded;

    private PluginInspection(PluginStatus status, PluginManifest? manifest, IReadOnlyDictionary<string, string> files, LoadedPlugin? loaded)
    {
        Status = status;
        Manifest = manifest;
        Files = files;
        _loaded = loaded;
    }

    public PluginStatus Status { get; }

    /// <summary>Null if it could not be read.</summary>
    public PluginManifest? Manifest { get; }

    /// <summary>Relative path to SHA-256; empty if the folder could not be read.</summary>
    public IReadOnlyDictionary<string, string> Files { get; }

    /// <summary>The factories by connector name; empty if the plugin was refused.</summary>
    public IReadOnlyDictionary<string, IConnectorFactory> Factories =>
        _loaded?.Factories.ToDictionary(x => x.Key, IConnectorFactory (x) => x.Value, StringComparer.Ordinal) ?? [];

    /// <param name="privateFolder">Where the copy that is loaded may be put.</param>
    public static PluginInspection Run(string folder, PluginTrust trust, string privateFolder, TimeProvider time)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        var status = new PluginStatus(name, name, null, PluginState.Invalid, null, []);
        PluginManifest? manifest = null;
        IReadOnlyDictionary<string, string> files = new Dictionary<string, string>();
        try
        {
            if (!Directory.Exists(folder))
                throw new PluginRefusedException(PluginState.Invalid, $"there is no folder '{folder}'");
            files = PluginFiles.Read(folder).Hashes;
            var verified = PluginVerifier.Verify(folder, trust, x =>
            {
                manifest = x;
                status = status with { Id = x.Id, Version = x.Version, Connectors = x.Connectors };
            });
            var loaded = LoadedPlugin.Load(verified, PrivateCopy.Make(folder, verified.Files, verified.Manifest, privateFolder), NullLogger.Instance, time);
            return new(status with { State = PluginState.Ready, SignedBy = verified.SignedBy }, manifest, files, loaded);
        }
        catch (Exception exception) when (exception is PluginRefusedException or IOException or UnauthorizedAccessException)
        {
            var state = (exception as PluginRefusedException)?.State ?? PluginState.Invalid;
            return new(status with { State = state, Reason = exception.Message }, manifest, files, null);
        }
    }

    public void Dispose() => _loaded?.Retire();
}
