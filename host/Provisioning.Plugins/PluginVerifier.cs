namespace Provisioning.Plugins;

/// <summary>Runs the checks on a folder in order. The first that fails refuses it.</summary>
internal static class PluginVerifier
{
    /// <param name="read">Receives the manifest as soon as it is known, so that a refusal later can name the plugin.</param>
    public static VerifiedPlugin Verify(string folder, PluginTrust trust, Action<PluginManifest>? read = null)
    {
        var files = PluginFiles.Read(folder);
        var (manifest, bytes) = PluginSteps.ReadManifest(folder, files);
        read?.Invoke(manifest);
        PluginSteps.CheckContract(manifest);
        PluginSteps.CheckFiles(manifest, files);
        var signedBy = TrustCheck.Run(manifest, bytes, PluginSteps.ReadSignature(folder, files), trust);
        ReferenceCheck.Run(folder, manifest.EntryAssembly);
        return new(manifest, files, signedBy);
    }
}
